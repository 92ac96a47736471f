# `make demo` and `make test` are all the set-up there is; everything else is for developers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header --no-annotate --quiet

.PHONY: help demo test bench lint format types layers coverage wheel lock upgrade rig live clean

help:
	@echo "make demo      ask the demo inventory real questions"
	@echo "make test      unit and contract tests"
	@echo "make coverage  the same, with their coverage"
	@echo "make rig live  start a real NetBox and Nautobot, and test on them"
	@echo "make bench     the benchmarks"
	@echo "make lint types layers wheel    what else CI checks"
	@echo "make lock      lock what pyproject.toml names; make upgrade: to the newest versions"

$(VENV)/installed: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("netbrief needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/installed
	$(BIN)/netbrief demo

test: $(VENV)/installed
	$(BIN)/python -m pytest tests --ignore tests/live

coverage: $(VENV)/installed
	$(BIN)/python -m pytest tests --ignore tests/live --cov --cov-report=term:skip-covered
	$(BIN)/coverage report --include 'orchestration/*' --fail-under 90

bench: $(VENV)/installed
	$(BIN)/python -m tests.questions.in_words.reported
	$(BIN)/python -m benchmarks

lint: $(VENV)/installed
	$(BIN)/ruff check --output-format concise .
	$(BIN)/ruff format --check .

format: $(VENV)/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/installed
	$(BIN)/mypy

layers: $(VENV)/installed
	$(BIN)/lint-imports --no-logo

wheel: $(VENV)/installed
	$(BIN)/python -m build --no-isolation --outdir dist .

rig: $(VENV)/installed
	$(BIN)/python -m tests.live.rig up

live: $(VENV)/installed
	env $$($(BIN)/python -m tests.live.rig env) $(BIN)/python -m pytest tests/live

lock: $(VENV)/installed
	$(LOCK) pyproject.toml --extra dev --group build --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --constraints requirements/dev.txt --output-file requirements/run.txt
	$(LOCK) --group build --constraints requirements/dev.txt --output-file requirements/build.txt

upgrade: LOCK += --upgrade
upgrade: lock

clean:
	rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
