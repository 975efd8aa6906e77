# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
SERVE ?= 1
BIN := .venv/bin

.PHONY: setup demo test check test-postgres test-browser bench lock

setup: .venv/ready

.venv/ready: requirements-dev.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: set PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: setup
	QA_ENV=demo PORTAL_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

test: setup
	$(BIN)/pytest -n auto --dist worksteal $(if $(COVERAGE),--cov --cov-report=term:skip-covered)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	git ls-files 'templates/*.html' | xargs $(BIN)/djhtml --tabwidth 2 --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -ll --quiet --recursive --configfile pyproject.toml qa_portal providers inspections workflows
	$(BIN)/python manage.py makemigrations --check --dry-run

test-postgres: setup
	$(BIN)/python tools/with_postgresql.py $(BIN)/pytest -n auto --dist worksteal

test-browser: setup
	$(BIN)/python tools/with_chromium.py $(BIN)/pytest -m browser

bench: setup
	$(BIN)/pytest -m bench -p no:randomly -s tests/performance/benchmarks

lock:
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
