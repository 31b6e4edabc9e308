# Everything that is needed is set up on the way: `make serve` on a fresh machine opens the portal.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: serve test bench lint screenshots clean

serve: .venv/served
	sh .ci/machine flyers
	sh .ci/machine report
	$(BIN)/python manage.py init
	$(BIN)/python manage.py serve

test: .venv/tested
	sh .ci/machine tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	# A file's tests run in one process, so that what its fixtures start is started once; browsers are often waited for,
	# so that three processes fill two cores.
	$(BIN)/python -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/tested
	sh .ci/machine tests
	$(BIN)/python -m tests.bench

screenshots: .venv/tested
	sh .ci/machine tests
	$(BIN)/python -m tests.browser.screenshots

.venv/made:
	sh .ci/machine python $(PYTHON)
	$(PYTHON) -m venv .venv
	touch $@

.venv/served: .venv/made requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	touch $@

.venv/tested: .venv/served tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	touch $@

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis
