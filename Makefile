# Needs python3 (3.11 or newer), its venv module and make; everything else goes into .venv.
# Locks carry hashes and no index address: pip asks whatever index this machine is set up for.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKS := runtime dev bench data fuzz ru-ner
CASE ?= cases/2017-10-07
SECONDS ?= 60
# Each core takes whole files, so that what a file's tests share is made once.
TESTS := $(BIN)/python -m pytest --numprocesses auto --dist loadfile

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup run test check lint types layers bench fuzz docs messages gazetteer outlines lock clean

help: ## list these targets
	@echo "atleast: what the claims about protest arrests jointly prove"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

setup: $(VENV)/.project ## build .venv with what atleast needs to run

run: $(VENV)/.project ## reckon the sample case, then start the desk with it
	@$(BIN)/atleast reckon $(CASE)
	@echo
	@echo "What to type next:"
	@echo "  $(BIN)/atleast reckon $(CASE) --why"
	@echo "      the proof of each interval"
	@echo "  $(BIN)/atleast reckon $(CASE) --at 2017-10-07T21:00+03:00"
	@echo "      what was known then"
	@echo "  $(BIN)/atleast read $(CASE)"
	@echo "      every number under its sentence"
	@echo "  $(BIN)/atleast --help"
	@echo "      everything else"
	@echo
	@$(BIN)/atleast desk --with $(CASE)

test: lint types layers ## lint, types, layers and all tests
	@$(TESTS)
	@echo "The desk on PostgreSQL:"
	@ATLEAST_TEST_DATABASE=postgresql $(TESTS) tests/web -m "not (browser or slow or alike)"

check: lint types layers ## the same without the slow tests, with fewer draws (under two minutes)
	@QUICK=1 $(TESTS) -m "not slow"

lint: $(VENV)/.dev $(VENV)/.project
	@$(BIN)/ruff check .

types: $(VENV)/.dev
	@$(BIN)/mypy

layers: $(VENV)/.dev
	@$(BIN)/lint-imports --no-cache --no-logo

bench: $(VENV)/.bench $(VENV)/.project ## run every benchmark in benchmarks/
	@for each in benchmarks/*.py; do echo "== $$each"; $(BIN)/python "$$each" || exit 1; done

fuzz: $(VENV)/.fuzz $(VENV)/.project ## throw bytes at the reader for SECONDS (60), guided by the branches they reach
	@$(BIN)/python tools/fuzz_reader.py -max_total_time=$(SECONDS) -max_len=1200 -len_control=0

docs: $(VENV)/.project ## write true outputs and the reference of the wire form into the pages
	@$(BIN)/python tools/build_reference.py
	@$(BIN)/python tools/build_quality.py
	@LC_ALL=C.UTF-8 COLUMNS=80 $(BIN)/python tools/shown_output.py

messages: $(VENV)/.project ## gather what the desk says and compile its translations (needs gettext)
	@$(BIN)/python tools/build_messages.py

gazetteer: $(VENV)/.data $(VENV)/.project ## build the tree of places anew from its sources
	@$(BIN)/python tools/build_gazetteer.py
	@$(BIN)/python tools/build_speakers.py

outlines: ## build the outlines of countries anew from their source (needs npm)
	@$(BIN)/python tools/build_outlines.py

lock: $(VENV)/.dev ## write the locks anew from pyproject.toml (asks the package index)
	@mkdir -p requirements
	@for each in $(LOCKS); do \
	    extra=; test $$each = runtime || extra="--extra $$each --constraint requirements/runtime.txt"; \
	    CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --build-deps-for editable \
	        $$extra --output-file requirements/$$each.txt pyproject.toml || exit 1; \
	done

clean: ## remove .venv and every cache
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "atleast needs Python 3.11 or newer: install it, or say make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo "python3 has no venv module: on Debian or Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@echo "Building $(VENV) ..." >&2
	@$(PYTHON) -m venv --clear $(VENV)

# One stamp for each lock: a lock that has not changed costs nothing.
$(VENV)/.%: requirements/%.txt | $(BIN)/python
	@echo "Installing requirements/$*.txt ..." >&2
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(VENV)/.dev $(VENV)/.bench $(VENV)/.data $(VENV)/.fuzz: | $(VENV)/.runtime

$(VENV)/.project: pyproject.toml $(VENV)/.runtime
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
