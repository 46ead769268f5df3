@echo off
rem 绩效自评报告生成器（Windows）：第一次运行时安装，然后生成报告。
rem 用法：双击；或把工作簿、文件夹拖到本文件上；或 report.bat [工作簿或文件夹] [输出文件夹]
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
rem 给出的路径从当前文件夹算起，先换成完整路径，再进入程序文件夹（网络盘也可以）
set "IN=sample_workbooks"
if not "%~1"=="" set "IN=%~f1"
set "OUT=output"
if not "%~2"=="" set "OUT=%~f2"
pushd "%~dp0"

if not exist .venv\.jxreport-lock goto install
fc /b requirements.lock .venv\.jxreport-lock >nul 2>&1
if not errorlevel 1 goto fonts

:install

echo 正在安装，首次需要几分钟……
where py >nul 2>&1 && (set "PY=py -3") || (set "PY=python")
%PY% -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul
if errorlevel 1 (
    echo 需要 Python 3.11 或更高版本。请从单位软件库或 Python 官网安装，安装时勾选“Add python.exe to PATH”，然后再双击本文件。
    goto failed
)
if not exist .venv\Scripts\python.exe %PY% -m venv .venv
if errorlevel 1 goto failed
.venv\Scripts\python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-setup.lock
if errorlevel 1 goto offline
.venv\Scripts\python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --use-pep517 --require-hashes -r requirements.lock
if errorlevel 1 goto offline
.venv\Scripts\python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
if errorlevel 1 goto offline
copy /y requirements.lock .venv\.jxreport-lock >nul

:fonts
if exist .fonts\fonts.conf goto run
echo 正在用本机的仿宋、楷体、黑体、宋体制作字体包……
.venv\Scripts\python scripts\build_fonts.py --out .fonts
.venv\Scripts\python -m jxreport doctor -q
if errorlevel 2 goto failed

:run
.venv\Scripts\python -m jxreport report "%IN%" -o "%OUT%"
set CODE=%ERRORLEVEL%
if %CODE% LEQ 1 echo 报告在 %OUT% 文件夹里。
if %CODE% GEQ 2 echo 没有全部完成，请看上面的说明；环境方面的问题可运行 .venv\Scripts\jxreport doctor 查看。
popd
pause
exit /b %CODE%

:offline
echo 依赖安装失败：请检查网络；内网可先设置环境变量 PIP_INDEX_URL 指定单位的镜像，或用离线包安装（见 docs\常见问题.md）。
:failed
popd
pause
exit /b 2
