# make run [FILE=path]   open the window, or without a display render it and repair the file
# make test              lint, format check, strict types, all tests
# make help              the rest

# The Python that the virtual environment is made with, 3.11 or later. It counts when .venv is made: see clean.
PYTHON ?= python3
FILE ?= resources/jiaokan_resources/sample.txt
export FILE

VENV := .venv
BIN := $(VENV)/bin

.DELETE_ON_ERROR:
.PHONY: run test lint picture bench bench-fidelity clean help

run: $(VENV)/installed
	@sh setup/system.sh qt $(BIN)/python
	@sh setup/run.sh $(BIN)/jiaokan

test: lint
	$(BIN)/python -m pytest

lint: $(VENV)/installed-for-development
	@sh setup/system.sh qt $(BIN)/python
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The README's picture of the window.
picture: $(VENV)/installed
	@sh setup/system.sh qt $(BIN)/python
	@mkdir -p docs
	QT_QPA_PLATFORM=offscreen $(BIN)/jiaokan --snapshot docs/window.png resources/jiaokan_resources/sample.txt

# How fast the window is, and how faithful the repair.
bench: $(VENV)/installed-for-development
	@sh setup/system.sh qt $(BIN)/python
	@[ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || export QT_QPA_PLATFORM=offscreen; \
	$(BIN)/python tests/benchmarks/window.py && $(BIN)/python tests/benchmarks/desk.py

# OPTIONS: --quick, --every 1, --show 5 …; --help tells all.
bench-fidelity: $(VENV)/installed-for-development
	@mkdir -p build
	$(BIN)/python tests/fidelity/measure.py --json build/fidelity.json $(OPTIONS)

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:
	@sed -n 's/^# make/make/p' Makefile
	@echo "make picture           make docs/window.png anew"
	@echo "make bench             measure the window"
	@echo "make bench-fidelity    measure the repair"
	@echo "make clean             remove what the others have made, the virtual environment too"

# Made anew whenever the dependencies may have changed.
$(VENV)/installed: pyproject.toml
	@sh setup/system.sh python $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-for-development: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[development]'
	@touch $@
