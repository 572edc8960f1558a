PYTHON ?= python3
BIN := .venv/bin
export DEMO_PORT ?= 8000

.PHONY: help venv demo test check bench servers
help:
	@echo "make demo   a small fleet on this machine, with nothing else to install"
	@echo "make test   everything the suite needs, and the suite"
	@echo "make check  lint, format, types, imports, migrations, deployment settings"
	@echo "make bench  the benchmarks, as ratios"

venv: .venv/dev
.venv/run: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	touch $@
.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	touch $@

demo: .venv/run
	@exec $(BIN)/python manage.py demo

servers:
	@.ci/servers

test: venv servers
	$(BIN)/python -m pytest $(ARGS)

CHECKED := manage.py agenticmail mailevents spamfilter rules tests benchmarks
check: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CHECKED)
	PATH=$(BIN):$$PATH DEBUG=true lint-imports
	DEBUG=true $(BIN)/python manage.py makemigrations --check --dry-run
	.ci/check-deploy

bench: venv
	$(BIN)/python -m benchmarks $(ARGS)
