# Everything that is needed is set up on the way: `make serve` on a fresh machine opens the portal.
PYTHON ?= python3
BIN := .venv/bin
TOGETHER := --numprocesses=3 --dist=loadfile --no-loadscope-reorder
# These go through the whole portal as its visitors do. What they run is measured by the tests of each part, and
# measuring it once more would take them half as long again.
AS_VISITORS := tests/browser tests/bench tests/deploy tests/pages/replay tests/pages/forms/test_reach.py \
	tests/test_manage.py tests/test_killed_server.py tests/pages/plain/test_crawl.py tests/pages/twin/test_public_only.py \
	tests/pages/screens/test_payloads.py

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
	$(BIN)/python -m pytest $(TOGETHER) $(AS_VISITORS)
	$(BIN)/python -m pytest $(TOGETHER) $(AS_VISITORS:%=--ignore=%) --cov --cov-report=term:skip-covered

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
