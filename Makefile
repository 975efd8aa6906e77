# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
SERVE ?= 1
BIN := .venv/bin

.PHONY: setup demo test unreached check test-slow test-postgres test-browser pictures docs bench lock

setup: .venv/ready

.venv/ready: requirements-dev.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: set PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: setup
	QA_ENV=demo PORTAL_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

TEST := $(BIN)/pytest -n auto --dist worksteal

test: setup
	$(TEST) -m "not slow and not browser and not bench" $(if $(COVERAGE),--cov --cov-report=term:skip-covered)

unreached: setup  # after make test COVERAGE=1
	$(BIN)/python tools/unreached_refusals.py

test-slow: setup
	$(TEST) -m slow

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
	$(BIN)/python tools/with_postgresql.py $(TEST) --only-database

test-browser: setup
	$(BIN)/python tools/with_chromium.py $(BIN)/pytest -m browser

pictures: setup
	$(BIN)/python tools/with_chromium.py $(BIN)/python tools/take_pictures.py

docs: setup
	$(BIN)/python tools/draw_map.py
	$(BIN)/python tools/draw_data_model.py

bench: setup
	$(BIN)/pytest -m bench -p no:randomly -s tests/performance/benchmarks

# Extras stay in the lock ("coverage[toml]==..."): without them an older pip takes the newest release for the
# extra, finds no hash for it and stops. Constraints may not name extras, so the second list is held to a copy without.
PIP_COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-strip-extras

lock:
	$(PIP_COMPILE) $(UPGRADE) -o requirements.lock pyproject.toml
	sed -E '/^[a-z]/!d; s/\[[^]]*\]//; s/ .*//' requirements.lock > .venv/held.txt
	$(PIP_COMPILE) $(UPGRADE) --allow-unsafe --extra dev -c .venv/held.txt -o requirements-dev.lock pyproject.toml
