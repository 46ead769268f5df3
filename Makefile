# 绩效自评报告生成器。`make` 显示可用的命令。
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help report schedule send watch test kill-test fuzz bench lint setup system fonts \
	wheelhouse docs test-system lock clean distclean

IN ?= sample_workbooks
OUT ?= output
ARGS ?=
TESTS ?=
PYTEST_WORKERS ?= 2
KILLS ?= 300
PLATFORM ?=
FUZZ ?= 20000
SEED ?= 1
PYTHON ?= python3
export PYTHON

VENV := .venv/bin
SETUP := scripts/setup.sh

help:
	@echo "make report                     安装所需的一切，用 sample_workbooks/ 里的示例生成报告到 output/"
	@echo "make report IN=文件夹 OUT=文件夹  用自己的工作簿生成报告"
	@echo "make schedule                   给出各时点的定时任务（ARGS=\"--kind cron --save 定时\"）"
	@echo "make send                       按 jxreport.toml 的 [mail] 发送报告（ARGS=--dry-run 只试写）"
	@echo "make watch                      守候 IN 文件夹，放进工作簿就生成报告"
	@echo "make test                       安装所需的一切，运行全部测试"
	@echo "make kill-test                  在随机时刻强行终止 KILLS 次，检查没有半截文件"
	@echo "make fuzz                       用 FUZZ 份损坏的工作簿检查每份都有结论"
	@echo "make bench                      测量速度和内存（ARGS=\"--quick\" 小规模试跑）"
	@echo "make lint                       检查代码风格和类型"
	@echo "make setup                      只做安装，不生成报告"
	@echo "make fonts                      重新制作公文字体包（ARGS=\"--use 小标宋=字体文件\" 用单位自己的字体）"
	@echo "make wheelhouse                 做离线安装包 dist/离线包（PLATFORM=win_amd64 给 Windows 用）"
	@echo "make docs                       生成说明文档网站 build/docs 并检查链接"
	@echo "make test-system                安装测试用的 LibreOffice 和 poppler"
	@echo "make lock                       重新锁定依赖版本"
	@echo "make clean                      删除生成的报告和缓存（distclean 连运行环境和字体一起删）"

# Exit code 1 means that the report is made and something waits for a person: no error of make's.
report: setup
	@code=0; $(VENV)/jxreport report "$(IN)" -o "$(OUT)" $(ARGS) || code=$$?; \
	if [ "$(IN)" = sample_workbooks ] && [ $$code -le 1 ]; then \
		echo "这是示例。用自己的工作簿：make report IN=文件夹 OUT=output；说明见 docs/快速上手.md" >&2; \
	fi; \
	[ $$code -eq 1 ] || exit $$code

schedule: setup
	@$(VENV)/jxreport schedule "$(IN)" -o "$(OUT)" $(ARGS)

send: setup
	@$(VENV)/jxreport send "$(IN)" -o "$(OUT)" $(ARGS)

watch: setup
	@$(VENV)/jxreport watch "$(IN)" -o "$(OUT)" $(ARGS)

test: setup
	@$(SETUP) dev
	@$(VENV)/python -m pytest -q -n $(PYTEST_WORKERS) $(TESTS)

# The long runs behind two of the tests; another SEED gives other moments and other workbooks.
kill-test: setup
	@$(SETUP) dev
	@KILLS=$(KILLS) SEED=$(SEED) $(VENV)/python -m pytest -q tests/batch/test_kill.py
	@KILLS=$$(( $(KILLS) / 5 )) SEED=$(SEED) KILL_PROGRAM=jxreport $(VENV)/python -m pytest -q tests/batch/test_kill.py

fuzz: setup
	@$(SETUP) dev
	@FUZZ=$(FUZZ) SEED=$(SEED) $(VENV)/python -m pytest -q tests/batch/test_fuzz.py

bench: setup
	@$(SETUP) dev
	@$(SETUP) bench-system
	@$(VENV)/python -m benchmarks.speed $(ARGS)

lint: system
	@$(SETUP) dev
	@$(VENV)/ruff check .
	@$(VENV)/mypy

setup: system
	@$(SETUP) runtime
	@$(SETUP) fonts

system:
	@$(SETUP) system

fonts: system
	@$(SETUP) runtime
	@$(SETUP) fonts again $(ARGS)

wheelhouse: setup
	@$(VENV)/python scripts/wheelhouse.py --out dist/离线包 $(if $(PLATFORM),--platform $(PLATFORM))

docs: system
	@$(SETUP) docs
	@.venv-docs/bin/sphinx-build -q -W --keep-going -n -b html docs build/docs
	@echo "文档在 build/docs/index.html，用浏览器打开，不需要网络。"

test-system:
	@$(SETUP) test-system

# The development lock is bound to the runtime lock, so that both install the same versions.
LOCK := $(VENV)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate
lock: system
	@$(SETUP) dev
	@$(LOCK) $(ARGS) pyproject.toml -o requirements.lock
	@$(LOCK) $(ARGS) -c requirements.lock pyproject.toml --extra dev --extra cluster -o requirements-dev.lock
	@$(LOCK) $(ARGS) -c requirements-dev.lock --group setup -o requirements-setup.lock
	@$(LOCK) $(ARGS) -c requirements-dev.lock --group docs -o requirements-docs.lock

clean:
	@rm -rf output/* dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find jxreport tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	@rm -rf .venv .venv-docs .fonts
