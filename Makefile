# The commands of this repository. Each one sets up what it needs first.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check prove bench check-wheels lock package format docs

PYTHON_IN_VENV := .venv/bin/python
# One process per core, a file's tests in one of them: files share servers that their module starts.
# (tests/support/side_by_side.py names those that share nothing.)
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile
# The order of the tests and the chance in them: one seed, so that a red run means the change.
SEED ?= 20261126
CHANCE := $(if $(filter random,$(SEED)),,--randomly-seed=$(SEED) --hypothesis-seed=$(SEED))

help:            ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 16

setup:           ## .venv from requirements.lock, and nothing else
	@packaging/setup.sh venv

demo:            ## the desk with demo data; without a display the outage story, played offscreen
	@packaging/setup.sh desk
	@$(PYTHON_IN_VENV) -m app --demo

test:            ## the tests of every run; SEED=random takes another order and other chance
	@packaging/setup.sh test
	@$(PYTHON_IN_VENV) -m pytest $(SIDE_BY_SIDE) $(CHANCE) || { [ $$? -eq 1 ] && packaging/alone.sh; }

prove:           ## the long proofs; NAME=... runs one of them
	@packaging/setup.sh test
	@$(PYTHON_IN_VENV) -m pytest -m slow -v --timeout=0 $(if $(NAME),-k '$(NAME)')

bench: setup     ## the figures of docs/benchmarks.md; NAME=store runs one
	@for name in $(or $(NAME),start store sync freshness payments); do $(PYTHON_IN_VENV) -m benchmarks.$$name || exit 1; done

check: setup     ## lint, formatting, types, layers, generated files
	@packaging/check.sh

format: setup    ## rewrite the sources as the formatter wants them
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .

docs: setup      ## rewrite the generated files
	@$(PYTHON_IN_VENV) -m docs.build

lock:            ## resolve requirements.lock anew (needs uv)
	@packaging/lock.sh

check-wheels: setup  ## every locked dependency has a wheel for Windows
	@$(PYTHON_IN_VENV) packaging/check_wheels.py

package:         ## dist/offhook, the program with all it needs in one folder
	@packaging/setup.sh package
	@$(PYTHON_IN_VENV) -m PyInstaller --noconfirm --distpath dist --workpath build packaging/offhook.spec
	@QT_QPA_PLATFORM=offscreen dist/offhook/offhook --version
