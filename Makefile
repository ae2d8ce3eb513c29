# One command a chore; CI runs the same ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
APT_CHROMIUM := apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium

APT_POSTGRES := apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql

APT_JAVA := apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openjdk-17-jre-headless

.PHONY: demo test check bench bench-ingest gold schema lock train chromium postgres java clean help

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

demo: $(VENV)/run.stamp  ## install, collate the bundled sample, say where the report is
	$(BIN)/variorum demo

# Two at a time; tests of one file stay together, for they share what they collate.
test: $(VENV)/dev.stamp chromium postgres java  ## all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/dev.stamp  ## style, types, the import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/bench.stamp  ## speed and quality, beside peers (needs the development data: VARIORUM_SHARED)
	$(BIN)/python -m bench

bench-ingest: $(VENV)/bench.stamp  ## what reading costs, beside trafilatura and newspaper4k
	$(BIN)/python bench/ingest.py

gold: $(VENV)/dev.stamp  ## every finding of the gold editions and probes that is not met
	$(BIN)/python golden/judge.py
	$(BIN)/python golden/probes.py

schema: $(VENV)/dev.stamp  ## write the JSON Schema of the published output again
	$(BIN)/python -m variorum.edition.schema docs/edition.schema.json

lock: $(VENV)/dev.stamp  ## pin what is installed, with hashes
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --extra build --extra library --extra web -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --extra build --extra library --extra web --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --extra bench -c requirements-dev.lock -o requirements-bench.lock pyproject.toml

train: $(VENV)/dev.stamp  ## learn the weights of the taggers again (the first needs the development data; half an hour)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[train]'
	$(BIN)/python train/attribution.py
	$(BIN)/python train/lineage.py --sets 1300
	$(BIN)/python train/pairs.py

clean:  ## remove what the commands above made
	rm -rf $(VENV) build dist variorum-demo .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) || { echo "Cannot make a virtual environment: apt-get install python3-venv, then again."; rm -rf $(VENV); exit 1; }

$(VENV)/run.stamp: $(BIN)/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(BIN)/python requirements-dev.lock pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/run.stamp

# The lock is whole, so nothing is to be resolved – on which the pip that comes with Python 3.11 fails for newspaper4k.
$(VENV)/bench.stamp: $(VENV)/dev.stamp requirements-bench.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

# The pages are tested in a real browser. Without one, and without the right to install one, those tests are skipped.
chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && sh -c '$(APT_CHROMIUM)' >/dev/null; } \
	  || echo "No Chromium here: the browser tests will be skipped (apt-get install chromium)."

# The library is tested on a real PostgreSQL too, on a socket of its own; without one those tests are skipped.
postgres:
	@ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1 || command -v initdb >/dev/null || { [ "$$(id -u)" = 0 ] && sh -c '$(APT_POSTGRES)' >/dev/null; } \
	  || echo "No PostgreSQL here: its tests will be skipped (apt-get install postgresql)."

# Batch is tested on Spark too, which runs on Java; without one those tests are skipped.
java:
	@command -v java >/dev/null || { [ "$$(id -u)" = 0 ] && sh -c '$(APT_JAVA)' >/dev/null; } \
	  || echo "No Java here: the tests on Spark will be skipped (apt-get install openjdk-17-jre-headless)."
