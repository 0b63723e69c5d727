# From a fresh clone with Python 3.11 or newer and make: `make run`, `make test`. `make help` lists the rest.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
READY := .venv/ready
DEMO := build/demo
WORDS := resources/translations

.PHONY: help run test check lint screenshots bench faults package translations lock clean

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(READY) ## make the demo registry, do the whole main job, open the window on it (without a display: screenshots)
	rm -rf $(DEMO)
	$(BIN)/diaspora-registry demo $(DEMO)
	@if [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ] && [ "$$(uname)" != Darwin ]; then $(MAKE) --no-print-directory screenshots; fi

test: $(READY) ## run the whole test suite
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: lint test ## lint, types, imports and the test suite

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

screenshots: $(READY) ## take pictures of the real window on a demo registry, into build/screenshots
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots build/screenshots

bench: $(READY) ## measure the speeds that are promised
	$(BIN)/python -m tests.bench

faults: $(READY) ## kill the program and fill the disk, many times over
	$(BIN)/python -m pytest tests/faults --long

package: $(READY) ## make the folder dist/diaspora-registry, which runs without Python
	$(BIN)/pyinstaller build.spec --noconfirm --workpath build/package --distpath dist

translations: $(READY) ## extract the sentences, renew and compile the catalogues
	$(BIN)/pybabel --quiet extract --keywords "_ N_ ngettext:1,2 translate" --sort-output --omit-header --no-wrap \
		--add-location=file --output $(WORDS)/registry.pot registry ui
	$(BIN)/pybabel --quiet update --init-missing --locale fr --domain registry --no-wrap --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date --input-file $(WORDS)/registry.pot --output-dir $(WORDS)
	$(BIN)/pybabel compile --domain registry --directory $(WORDS) --statistics

lock: $(READY) ## renew requirements.lock: every package with its hashes, for each system and Python
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock

clean: ## remove everything that was made, the virtual environment too
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/locked: requirements.lock
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed: install it, or name it with 'make PYTHON=...'." >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(READY): .venv/locked pyproject.toml .ci/system-libraries
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	.ci/system-libraries .venv
	@touch $@
