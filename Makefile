# The first Python that is new enough; `make PYTHON=/path/to/python …` takes another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
export DEMO_PORT ?= 8000

.PHONY: help venv demo test check bench servers
help:
	@echo "make demo   a small fleet on this machine, with nothing else to install"
	@echo "make test   everything the suite needs, and the suite"
	@echo "make check  lint, format, types, imports, migrations, deployment settings"
	@echo "make bench  the benchmarks, as ratios (ARGS=--list names them, ARGS=\"NAME …\" runs some; soak=60m: breaks things for an hour)"

venv: .venv/dev
.venv/run: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found: make PYTHON=/path/to/python …" >&2; exit 1; }
	test -x $(BIN)/pip || { rm -rf .venv && $(PYTHON) -m venv .venv; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	touch $@
.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	touch $@

demo: .venv/run
	@exec $(BIN)/python manage.py demo

servers:
	@.ci/servers

# Tests wait for servers half of the time: a process more than there are cores, four at most.
test: venv servers
	$(BIN)/python -m pytest --dist loadfile \
	  --numprocesses $$($(BIN)/python -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))') $(ARGS)

CHECKED := manage.py agenticmail mailevents spamfilter rules tests benchmarks
check: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CHECKED)
	PATH=$(BIN):$$PATH DEBUG=true lint-imports
	DEBUG=true $(BIN)/python manage.py makemigrations --check --dry-run
	.ci/check-deploy

bench: venv
	$(BIN)/python -m benchmarks $(if $(soak),soak soak=$(soak)) $(ARGS)
	$(if $(soak),$(BIN)/python -m pytest -m soak -n0)
