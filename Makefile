# Each of these sets up what it needs, in a fresh clone with Python 3.11+, pip, make and git.
# Another interpreter: make PYTHON=python3.12 test

PYTHON = python3
BIN = .venv/bin
PICTURES = pirights-pictures
RUNTIME = .venv/.runtime-installed
DEVELOPMENT = .venv/.development-installed
CATALOGUES = locales/en/LC_MESSAGES/pirights.po locales/zh_CN/LC_MESSAGES/pirights.po

.PHONY: help demo pictures test lint format types contracts messages clean

help:
	@echo "make demo       run the whole story on a sample case, into ./pirights-demo"
	@echo "make pictures   draw every kind of letter, into ./pirights-pictures (needs poppler-utils)"
	@echo "make test       run the tests, with coverage"
	@echo "make lint       check the style"
	@echo "make format     put the code into its usual form"
	@echo "make types      check the types"
	@echo "make contracts  check who may import whom"
	@echo "make messages   bring the translations up to date and compile them"

demo: $(RUNTIME)
	$(BIN)/pirights demo

pictures: $(DEVELOPMENT)
	$(BIN)/python -m tests.pictures $(PICTURES)

test: $(DEVELOPMENT)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term:skip-covered

lint: $(DEVELOPMENT)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(DEVELOPMENT)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(DEVELOPMENT)
	$(BIN)/mypy

contracts: $(DEVELOPMENT)
	$(BIN)/lint-imports

messages: $(DEVELOPMENT)
	$(BIN)/python locales/update.py

clean:
	rm -rf .venv build dist

# Debian's Python may come without the module that puts pip into a new environment.
.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("pirights needs Python 3.11 or later: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv || { \
	    $(PYTHON) -m venv --clear --without-pip .venv && \
	    $(PYTHON) -m pip --python .venv/bin/python install pip; }

$(RUNTIME): .venv/bin/python pyproject.toml hatch_build.py $(CATALOGUES)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --editable .
	touch $(RUNTIME)

$(DEVELOPMENT): $(RUNTIME)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --editable '.[dev]'
	touch $(DEVELOPMENT)
