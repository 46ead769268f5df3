#!/bin/sh
# Set-up behind the Makefile. Each part returns at once when nothing has changed since it last ran.
#
#   scripts/setup.sh system         shared libraries and fonts from the distribution (apt)
#   scripts/setup.sh runtime        .venv with what the program needs, and the program itself
#   scripts/setup.sh dev            .venv with the test tools as well
#   scripts/setup.sh fonts [again [--use 小标宋=FILE …]]  the font pack in .fonts
#   scripts/setup.sh docs           .venv-docs with what builds the documentation
#   scripts/setup.sh test-system    LibreOffice Calc and poppler, used by tests only
#   scripts/setup.sh bench-system   LibreOffice Writer too, which the speed is compared with
set -eu
cd "$(dirname "$0")/.."
VENV=.venv
PYTHON_IN_VENV=$VENV/bin/python
FONT_SCRIPTS="scripts/build_fonts.py scripts/quadratic.py"
FANDOL_PACKAGE=texlive-lang-chinese
FANDOL_INSTALLED=/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol

say() { printf "%s\n" "$@" >&2; }
die() { say "$@"; exit 1; }

# What a stamp must hold to be current: this folder (virtual environments do not move) and the files' content.
fingerprint() { { pwd; cat "$@"; } | cksum; }
is_current() { stamp=$1; shift; [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]; }

find_python() {
    for candidate in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    die "需要 Python 3.11 或更高版本，没有找到。请先安装，例如：apt-get install python3 python3-venv" \
        "（已装在别处时可以指定：make report PYTHON=/路径/python3）"
}

has_library() {
    if command -v /sbin/ldconfig >/dev/null 2>&1; then
        /sbin/ldconfig -p 2>/dev/null | grep -q "$1"
    else
        find /usr/lib /usr/lib64 /usr/local/lib /opt/homebrew/lib -name "${2:-$1}*" 2>/dev/null | grep -q .
    fi
}

has_font() {
    find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.local/share/fonts" \
        -name "$1" 2>/dev/null | grep -q .
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        sudo "$@"
    else
        return 126
    fi
}

apt_update() { as_root apt-get update -qq >/dev/null 2>&1 || true; }

# Install Debian packages; the package lists are only fetched when the first try finds none or old ones.
apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root true || return 1
    say "正在安装系统软件包：$*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
        >/dev/null 2>&1 && return 0
    apt_update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

explain_packages() {
    say "" "缺少下列系统软件包，而本机不能自动安装（没有 apt-get，或没有管理员权限）：" \
        "    $*" "请管理员安装后再运行一次：" \
        "    Debian / Ubuntu / 统信 / 麒麟：sudo apt-get install --no-install-recommends $*" \
        "    Fedora / openEuler：sudo dnf install pango harfbuzz google-noto-sans-cjk-fonts google-noto-serif-cjk-fonts liberation-fonts" \
        "    macOS：brew install pango" ""
}

system() {
    missing=
    if [ ! -x $PYTHON_IN_VENV ]; then
        "$(find_python)" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
    fi
    has_library libpangoft2-1.0 || missing="$missing libpangoft2-1.0-0"
    has_library libharfbuzz-subset || missing="$missing libharfbuzz-subset0"
    if [ ! -f .fonts/fonts.conf ]; then
        { has_font NotoSansCJK-Regular.ttc && has_font NotoSerifCJK-Regular.ttc; } || missing="$missing fonts-noto-cjk"
        has_font LiberationSerif-Regular.ttf || missing="$missing fonts-liberation"
        has_font DejaVuSans.ttf || missing="$missing fonts-dejavu-core"
    fi
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086  # a list of package names
    if ! apt_install $missing; then
        explain_packages $missing
        # Without venv or Pango nothing works; without the rest the report is slower or plainer.
        case "$missing" in *python3-venv* | *libpangoft2*) exit 1 ;; esac
    fi
}

pip_install() {
    $PYTHON_IN_VENV -m pip --disable-pip-version-check --no-input -q install --no-deps --use-pep517 "$@" \
        || die "" "依赖安装失败（详情见上）。请检查网络；内网可用环境变量 PIP_INDEX_URL 指定单位的镜像，然后再运行一次。"
}

# $1: name of the stamp; the rest: the lock files to install, in order.
environment() {
    name=$1; shift
    stamp=$VENV/.jxreport-$name
    if is_current "$stamp" pyproject.toml "$@" && $PYTHON_IN_VENV -c '' 2>/dev/null; then
        return 0
    fi
    if ! $PYTHON_IN_VENV -m pip --version >/dev/null 2>&1; then
        say "正在建立运行环境 $VENV ……"
        "$(find_python)" -m venv --clear $VENV || die "运行环境没有建成。Debian / Ubuntu 请先安装 python3-venv。"
    fi
    say "正在安装依赖（首次需要一两分钟）……"
    for lock in "$@"; do
        pip_install --no-build-isolation --require-hashes -r "$lock"
    done
    [ "$name" = docs ] || pip_install --no-build-isolation -e .
    fingerprint pyproject.toml "$@" >"$stamp"
}

# Put Fandol's OpenType files into folder $1; TeX itself is not installed.
fetch_fandol() {
    if ls $FANDOL_INSTALLED/FandolFang-Regular.otf >/dev/null 2>&1; then
        cp $FANDOL_INSTALLED/*.otf "$1"
        return 0
    fi
    command -v apt-get >/dev/null 2>&1 || return 1
    say "正在下载公文字体（约 50 MB，只用其中的仿宋、楷体、宋体）……"
    (
        cd "$1"
        download="apt-get -qq -o APT::Sandbox::User=root download $FANDOL_PACKAGE"
        $download >/dev/null 2>&1 || { apt_update; $download >/dev/null 2>&1; } || exit 1
        dpkg-deb --fsys-tarfile $FANDOL_PACKAGE*.deb | tar -x --wildcards --transform 's,.*/,,' '*/fandol/*.otf'
    )
}

fonts() {
    stamp=.fonts/.stamp
    again=${1:-}
    [ $# = 0 ] || shift
    # shellcheck disable=SC2086  # a list of files
    [ "$again" != again ] && is_current $stamp $FONT_SCRIPTS && return 0
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    fetch_fandol "$folder" || say "公文字体没有下载成功。"
    say "正在制作字体包（约一分钟）……"
    code=0
    $PYTHON_IN_VENV scripts/build_fonts.py --out .fonts --fandol "$folder" "$@" || code=$?
    case $code in
        0) ;;
        3) say "字体包不全：仿宋、楷体、小标宋暂用思源宋体代替，报告照常生成。联网后运行 make fonts 可以补齐。" ;;
        2) return 2 ;;
        *) say "字体包没有做成，将使用系统字体，版面可能与公文格式有出入。安装 fonts-noto-cjk 后运行 make fonts。"
           return 0 ;;
    esac
    # shellcheck disable=SC2086
    fingerprint $FONT_SCRIPTS >$stamp
}

test_system() {
    missing=
    command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc-nogui"
    command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086
    apt_install $missing || { explain_packages $missing; say "用到它们的测试将被跳过。"; }
}

bench_system() {
    test_system
    find /usr/lib/libreoffice /opt -name 'libswlo.so' 2>/dev/null | grep -q . && return 0
    apt_install libreoffice-writer-nogui || say "没有 LibreOffice Writer，不与它比较。"
}

case "${1:-}" in
    system) system ;;
    runtime) environment runtime requirements-setup.lock requirements.lock ;;
    dev) environment dev requirements-setup.lock requirements-dev.lock ;;
    docs)
        VENV=.venv-docs
        PYTHON_IN_VENV=$VENV/bin/python
        environment docs requirements-docs.lock
        ;;
    fonts) shift; fonts "$@" ;;
    test-system) test_system ;;
    bench-system) bench_system ;;
    *) die "用法：scripts/setup.sh system | runtime | dev | docs | fonts [again] | test-system | bench-system" ;;
esac
