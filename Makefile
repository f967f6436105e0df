# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
#
#   PYTHON=/path/to/python3.11   the interpreter that .venv is made with
#   WORKERS=4                    test processes; a file stays in one, so what it builds is built once

WORKERS ?= 2
PYTHON ?=
export PYTHON

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check bench nightly boards rebuilds clean

help: ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST)

demo: .venv/ready-to-build ## set up, build examples/mini-rack.toml, say where to look
	.venv/bin/rackpress build examples/mini-rack.toml
	@echo "Look at outputs/mini-rack/index.html"

test: .venv/ready-to-test ## set up, check the code, run the whole suite
	@status=0; \
	$(MAKE) --no-print-directory check || { status=1; echo "make check failed; the tests run all the same" >&2; }; \
	.venv/bin/pytest -n $(WORKERS) --dist loadfile || status=1; \
	[ $$status -eq 0 ] || echo "make test failed: see above for 'make check' and for pytest" >&2; \
	exit $$status

check: .venv/ready-to-test ## lint, format, types, direction of imports
	@status=0; \
	for tool in "ruff check ." "ruff format --check ." "pyright" "lint-imports --no-logo"; do \
		echo ".venv/bin/$$tool"; .venv/bin/$$tool || status=1; \
	done; \
	exit $$status

bench: .venv/ready-to-test ## run benchmarks/*.py, each of which prints JSON
	@for file in benchmarks/[a-z]*.py; do .venv/bin/python "$$file" || exit 1; done

nightly: .venv/ready-to-test ## verify every family with every device in every rack; an hour; FAMILY=tray is enough for one
	.venv/bin/python scripts/nightly.py $(if $(FAMILY),--family $(FAMILY))

boards: .venv/ready-to-test ## let KiCad prove every power board; half an hour; OUTPUTS=7 is enough for one count
	.venv/bin/python scripts/nightly_boards.py $(if $(OUTPUTS),--outputs $(OUTPUTS))

rebuilds: .venv/ready-to-test ## build the examples, and make every 3MF and STEP of them again from itself; some minutes
	.venv/bin/python scripts/nightly_rebuild.py

clean: ## remove .venv and caches; outputs/ is yours and stays
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One .venv for both: what tests need is laid over what builds need.
.venv/ready-to-build: pyproject.toml constraints.txt
	@scripts/setup.sh
	@touch $@

.venv/ready-to-test: pyproject.toml constraints.txt
	@scripts/setup.sh dev
	@touch .venv/ready-to-build $@
