# The verbs, the same at the desk and in CI. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help up down test check bench format lock
PYTHON ?= python3
PORT ?= 4000
BIN := .venv/bin
export HF_HUB_OFFLINE := 1

help:           ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1|/' | column -t -s '|'

up: .venv/run.done      ## environment, local model, gateway, and a first answered request
	@MERITORDER_PORT=$(PORT) $(BIN)/meritorder up --detach --demo

down:           ## stop the gateway that `make up` started
	@$(BIN)/meritorder down

test: .venv/dev.done    ## the whole suite
	@$(BIN)/python -m pytest

check: .venv/dev.done   ## lint, types, architecture
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports
	@$(BIN)/python tools/shape.py

bench: .venv/dev.done   ## cost of the router, as ratios to a direct call and to a raw Envoy
	@$(BIN)/python -m benchmarks

format: .venv/dev.done  ## format and apply safe fixes
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: .venv/dev.done    ## pin dependencies again (needs uv)
	@tools/lock

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or later is needed: set PYTHON=/path/to/python3.11'; exit 1; }
	@echo '· creating .venv'
	@$(PYTHON) -m venv .venv || { echo 'On Debian: apt-get install python3-venv'; rm -rf .venv; exit 1; }

.venv/run.done: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo '· installing what runs, by hash (about 170 MB the first time)'
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -q --no-deps --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.done: requirements/dev.txt .venv/run.done
	@echo '· installing what tests and checks, by hash'
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --require-hashes -r requirements/dev.txt
	@touch $@
