@echo off
rem 在没有网络的机器上安装：双击，或在命令行运行 安装.bat [目标文件夹]
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
where py >nul 2>&1 && (set "PY=py -3") || (set "PY=python")
%PY% "%~dp0install.py" %*
set CODE=%ERRORLEVEL%
if not %CODE%==0 echo 安装没有完成，请看上面的说明。
pause
exit /b %CODE%
