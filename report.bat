@echo off
rem 绩效自评报告生成器（Windows）：第一次运行时安装，然后生成报告。
rem 用法：report.bat [工作簿或文件夹] [输出文件夹]
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
set "IN=%~1"
if "%IN%"=="" set "IN=sample_workbooks"
set "OUT=%~2"
if "%OUT%"=="" set "OUT=output"

fc /b requirements.lock .venv\.jxreport-lock >nul 2>&1
if not errorlevel 1 goto run

echo 正在安装，首次需要几分钟……
where py >nul 2>&1 && (set "PY=py -3") || (set "PY=python")
%PY% -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul
if errorlevel 1 (
    echo 需要 Python 3.11 或更高版本。请从单位软件库或 Python 官网安装，安装时勾选“Add python.exe to PATH”。
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

:run
.venv\Scripts\python -m jxreport report "%IN%" -o "%OUT%"
set CODE=%ERRORLEVEL%
if %CODE% GEQ 2 echo 如提示缺少 Pango，请按 docs 中“Windows 安装”一节安装 GTK 运行库；详情请运行 .venv\Scripts\jxreport doctor
pause
exit /b %CODE%

:offline
echo 依赖安装失败：请检查网络；内网可先设置环境变量 PIP_INDEX_URL 指定单位的镜像。
:failed
pause
exit /b 2
