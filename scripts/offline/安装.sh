#!/bin/sh
# 在没有网络的机器上安装：sh 安装.sh [目标文件夹]
cd "$(dirname "$0")" && here=$(pwd) && cd - >/dev/null || exit 1
exec "${PYTHON:-python3}" "$here/install.py" "$@"
