# `make demo` and `make test` are all the set-up there is; everything else is for developers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench lint types layers lock clean

$(VENV)/installed: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: $(VENV)/installed
	$(BIN)/netbrief demo

test: $(VENV)/installed
	$(BIN)/python -m pytest tests --ignore tests/live

bench: $(VENV)/installed
	$(BIN)/python -m benchmarks

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed
	$(BIN)/mypy

layers: $(VENV)/installed
	$(BIN)/lint-imports

lock: $(VENV)/installed
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --allow-unsafe \
		--extra dev --output-file requirements/dev.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --allow-unsafe \
		--output-file requirements/run.txt pyproject.toml

clean:
	rm -rf $(VENV) build dist .coverage .mypy_cache .pytest_cache .ruff_cache
