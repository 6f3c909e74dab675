# `make demo` and `make test` need Python 3.11, pip and nothing else; the rest is for those who work on Halfhour.
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
export HF_HUB_OFFLINE ?= 1
export HALFHOUR_DATA_FOLDER ?= $(CURDIR)/var/data
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test check prove prove-guards bench screens clean

demo: $(VENV)/.installed
	$(BIN)/halfhour demo $(if $(filter print,$(DEMO)),--print-only)

test: $(VENV)/.installed-for-tests
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m "not proof" $(TESTS)

check: $(VENV)/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

prove: export HALFHOUR_PROOF_FILE = $(CURDIR)/var/proofs.jsonl
prove: $(VENV)/.installed-for-tests
	@mkdir -p var && rm -f $(HALFHOUR_PROOF_FILE)
	$(BIN)/python -m pytest -m "proof or promise" $(TESTS)
	@$(BIN)/python -m tests.proofs.report $(HALFHOUR_PROOF_FILE)

prove-guards: $(VENV)/.installed-for-tests
	$(BIN)/python -m tests.proofs.guards

bench: $(VENV)/.installed-for-tests
	$(BIN)/python -m benchmarks

screens: $(VENV)/.installed-for-tests
	$(BIN)/python -m benchmarks.screens docs/screens

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# torch first and by name: asked for by another package it would come with several gigabytes for graphics cards
$(VENV)/.torch: constraints.txt | $(VENV)/bin/python
	@echo "Installing Halfhour and what it needs into $(VENV): a few minutes, once."
	$(PIP) install "$$(grep '^torch==' constraints.txt)"
	@touch $@

$(VENV)/.installed: pyproject.toml constraints.txt $(VENV)/.torch
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-for-tests: $(VENV)/.installed
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) build var *.egg-info .mypy_cache .ruff_cache .pytest_cache
