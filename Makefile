# Two commands do everything on a fresh Debian or Ubuntu with Python 3.11+ and make: `make demo` and `make test`.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
PORT ?= 5000

# Debian packages that some tests want: a browser, a database server, readers of PDF and calendars.
TEST_TOOLS := chromium postgresql poppler-utils qpdf khal
APT := DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 --yes --quiet

LOCK := uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links

# Both databases where PostgreSQL is installed; asked only when the tests begin, after it may have been installed.
DATABASES = $(if $(shell ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null),both,sqlite)

ASSET_SOURCES := package-lock.json $(shell find secretariat/web/static -path '*/dist' -prune -o -type f -print)
ASSETS := secretariat/web/static/dist/manifest.json

.PHONY: help demo serve test soak bench check assets translations locks tools clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/ready ## Start the secretariat with an invented partnership in it
	$(BIN)/secretariat demo --port $(PORT)

serve: .venv/ready ## Start the secretariat on its own data
	$(BIN)/secretariat serve

test: .venv/tested tools check ## Check the code and run every test
	$(BIN)/pytest -n 3 --database $(DATABASES) $(TESTS)

soak: .venv/tested tools ## Run the long counts: kills, every page in every theme
	$(BIN)/pytest -m soak --database $(DATABASES) tests/soak tests/browser

bench: .venv/tested ## Measure speed and size against a bare page
	$(BIN)/python -m tests.bench

check: .venv/tested ## Check style, types and which room may know which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

assets: .venv/ready ## Bundle style and scripts

translations: .venv/ready ## Gather texts from code and templates into the catalogues
	$(BIN)/python -c "from secretariat.core.text.catalogues import update_catalogues; update_catalogues()"

locks: ## Pin the newest versions of all packages again (needs uv)
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --extra test --constraint requirements.txt --output-file requirements-test.txt
	$(LOCK) --group build --constraint requirements.txt --output-file requirements-build.txt
	npm install --package-lock-only --ignore-scripts

clean: ## Remove what was built; the data in instance/ stays
	rm -rf .venv node_modules secretariat/web/static/dist build dist

# ---- what the commands above stand on

.venv/bin/pip:
	$(PYTHON) -m venv .venv

.venv/required: requirements.txt requirements-build.txt | .venv/bin/pip
	$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	touch $@

# Installing the project builds its assets; see hatch_build.py.
.venv/ready: .venv/required pyproject.toml hatch_build.py $(ASSET_SOURCES)
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@ $(ASSETS)

.venv/tested: .venv/ready requirements-test.txt
	$(PIP) install --require-hashes -r requirements-test.txt
	touch $@

# With the right to install, tests get their tools; without it they are named and their tests skip, but never with CI=true.
tools:
	@missing=(); for package in $(TEST_TOOLS); do \
		dpkg-query --show --showformat='$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || missing+=($$package); done; \
	if [ $${#missing[@]} -eq 0 ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then become=env; elif sudo -n true 2>/dev/null; then become="sudo env"; else become=; fi; \
	if [ -n "$$become" ]; then $$become $(APT) update && $$become $(APT) install --no-install-recommends "$${missing[@]}"; \
	elif [ "$$CI" = true ]; then echo "CI=true, but missing and not allowed to install: $${missing[*]}" >&2; exit 1; \
	else echo "Not installed, so their tests are skipped: $${missing[*]}"; fi
