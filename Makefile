# Everything a person types. The environment is made from the lock file, hashes checked.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test soak check style pictures bench lock clean

run: $(VENV)/ready  ## make the demo data if nothing is published, then serve on http://localhost:8501
	$(BIN)/python -m dashboard.start

# tests write and fsync thousands of small files: in memory where the machine has room for it there
ROOM := $(shell df --output=avail /dev/shm 2>/dev/null | tail -1)
test soak: export TMPDIR := $(shell test "$(ROOM)" -gt 4000000 2>/dev/null && test -w /dev/shm && echo /dev/shm || echo $${TMPDIR:-/tmp})
test: $(VENV)/ready $(VENV)/spark style  ## everything CI runs
	@bash tests/need.sh "chromium fonts-liberation" chromium chromium-browser google-chrome
	@bash tests/need.sh openjdk-17-jre-headless java || echo "The tests of loading on Spark are skipped."
	@bash tests/need.sh "nginx-light openssl" nginx || echo "The test of the example behind a proxy is skipped."
	@demo=$$(mktemp -d) && trap 'rm -rf "$$demo"' EXIT && export RFD_TEST_DEMO="$$demo" && \
		$(BIN)/python -m pytest --numprocesses auto --dist loadfile --ignore tests/browser && \
		$(BIN)/python -m pytest tests/browser

soak: $(VENV)/ready $(VENV)/spark  ## the long repetitions: ways to arrive, layouts, files to fuzz, kills; axe on every page
	$(BIN)/python -m pytest -m soak --numprocesses auto --dist loadfile

check: style $(VENV)/sql  ## lint, format, import contracts, SQL style, the rules of the house
	$(BIN)/python -m pytest tests/rules

style: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

pictures: $(VENV)/ready  ## the pictures of the README, of the dashboard that `make run` serves
	$(BIN)/python -m tests.browser.pictures http://localhost:8501

bench: $(VENV)/ready $(VENV)/spark $(VENV)/bench  ## time questions, pages, sessions and loading beside what people would use instead
	for what in questions by-hand opening what-if page sessions processes moving; do $(BIN)/rfd bench $$what || exit 1; done
	$(BIN)/rfd bench loading --times 1

# parsing every query takes minutes, so only what is newer than the last look is looked at
$(VENV)/sql: $(shell find queries -name '*.sql') | $(VENV)/ready
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar $?
	touch $@

COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

lock: $(VENV)/ready  ## pin every dependency with its hashes
	$(BIN)/pip install --quiet uv
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	printf 'pyspark>=4.1\nsqlglot>=30\n' | $(COMPILE) --constraints requirements.lock --output-file requirements-spark.lock -
	printf 'dash>=4\npolars>=1\n' | $(COMPILE) --constraints requirements.lock --output-file requirements-bench.lock -

# what only the Spark engine needs (half a gigabyte), and what only `make bench` compares with
$(VENV)/spark $(VENV)/bench: $(VENV)/%: requirements-%.lock $(VENV)/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf $(VENV) data/warehouse
