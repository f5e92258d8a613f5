# Everything that is done with the portal, by name. `make` alone lists it.
# Nothing else is needed than python3 (3.11 or newer), make and git.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
UV_VERSION := 0.13.9

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
SYNCED := $(VENV)/.synced
CATALOGUES := $(VENV)/.catalogues
VAR ?= var
STATIC := $(VAR)/.static

# The demonstration has its own data, its mail page (/dev/mail/) and a second factor that is no secret.
DEMO_DIR := var/demo
DEMO_ENV := DEBUG=1 DEMO=1 VAR_DIR=$(DEMO_DIR) DEMO_SECOND_FACTOR=135790 CONTACT_EMAIL=ayuda@hilocomun.example \
	BASE_URL=http://localhost:$(PORT) WORKERS=1 LOG_LEVEL=WARNING
# What production looks like to `check --deploy`.
DEPLOY_ENV := DEBUG=0 HTTPS=1 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=portal.example BASE_URL=https://portal.example EMAIL_URL=smtp://mail.example:25 \
	CONTACT_EMAIL=ayuda@portal.example

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check bench prepare run worker clean messages

help: ## List what can be done
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  %-10s %s\n", $$1, $$2 }'
	@echo
	@echo "  PORT=8010 chooses the port of demo and run; PYTEST_ARGS='-k name' goes to pytest."

demo: $(SYNCED) $(CATALOGUES) ## Start the portal with demonstration data, in one command
	@$(BIN)/python deploy/serve.py --check-port --host $(HOST) --port $(PORT)
	@$(MAKE) -s --no-print-directory $(DEMO_DIR)/.loaded $(DEMO_DIR)/.static VAR=$(DEMO_DIR) MIGRATE_ENV='$(DEMO_ENV)'
	@cat $(DEMO_DIR)/.loaded
	@exec env $(DEMO_ENV) $(BIN)/python deploy/serve.py --host $(HOST) --port $(PORT) --demo

test: $(SYNCED) $(CATALOGUES) ## Run the tests (PYTEST_ARGS="-k name")
	@$(BIN)/pytest -n 2 --dist worksteal $(PYTEST_ARGS)

check: $(SYNCED) $(CATALOGUES) ## Look for mistakes without running the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@echo "migrations, catalogues, settings ..."
	@SECRET_KEY=check $(MANAGE) makemigrations --check --dry-run
	@SECRET_KEY=check $(MANAGE) extract_messages --check
	@SECRET_KEY=check $(MANAGE) check --fail-level WARNING
	@$(DEPLOY_ENV) $(MANAGE) check --deploy --fail-level WARNING

bench: $(SYNCED) $(CATALOGUES) ## Measure: pages, saves, import and exports, as a table (BENCH_ARGS=--quick, --whole)
	@$(BIN)/python -m tests.benchmarks $(BENCH_ARGS)

prepare: $(SYNCED) $(CATALOGUES) $(STATIC) var/.migrated ## Do everything that services need before they start
	@:

run: prepare ## Start web server and worker with the settings of .env
	@exec $(BIN)/python deploy/serve.py --host $(HOST) --port $(PORT)

worker: $(SYNCED) $(CATALOGUES) ## Start a worker alone
	@exec $(MANAGE) qcluster

messages: $(SYNCED) ## Collect texts to translate into locale/ and compile the catalogues
	@$(MANAGE) extract_messages
	@$(MANAGE) compile_catalogues

clean: ## Remove what was built here: the demonstration, caches, .venv
	rm -rf $(VENV) $(DEMO_DIR) $(STATIC) var/static .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

# What the targets stand on. Each leaves a stamp, so that the second time starts at once.

$(SYNCED): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) ..."; $(PYTHON) -m venv $(VENV); } || { \
		echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@test -x $(BIN)/uv || { echo "Installing uv $(UV_VERSION) into $(VENV) ..."; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	@echo "Installing what uv.lock says ..."
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv sync --quiet --frozen --inexact --python $(BIN)/python
	@touch $@

$(CATALOGUES): $(SYNCED) portal/catalogues/files.py $(wildcard locale/*/LC_MESSAGES/*.po)
	@echo "Compiling catalogues ..."
	@DEBUG=1 $(MANAGE) compile_catalogues
	@touch $@

$(STATIC): $(SYNCED) $(shell find portal communities consultations -path '*/static/*' -type f 2>/dev/null)
	@echo "Collecting static files ..."
	@mkdir -p $(@D)
	@$(MIGRATE_ENV) $(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

$(VAR)/.migrated: $(SYNCED) $(wildcard */migrations/*.py)
	@echo "Preparing the database (about a minute the first time) ..."
	@mkdir -p $(@D)
	@$(MIGRATE_ENV) $(MANAGE) migrate --noinput --verbosity 0
	@$(MIGRATE_ENV) $(MANAGE) setup_schedules >/dev/null
	@$(MIGRATE_ENV) LOG_LEVEL=WARNING $(MANAGE) setup_site --if-new >/dev/null
	@touch $@

# What is loaded already is not loaded twice; the stamp says what there is to try.
$(DEMO_DIR)/.loaded: $(DEMO_DIR)/.migrated $(shell find communities/demo consultations/demo -type f ! -name '*.pyc') \
		consultations/management/commands/load_demo.py
	@echo "Demonstration data ..."
	@$(DEMO_ENV) $(MANAGE) load_demo --notes $@
