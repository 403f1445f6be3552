# make help lists the targets. Each needs only Python 3.11 or newer (with venv) and make: the environment is
# built in .venv on first use, and again when the requirements change.

PORTAL  ?= sample
WORKERS ?= 2
ARGS    ?=
RUN     ?= make crawl

VENV := .venv
PY   := $(VENV)/bin/python

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help crawl browser test unit lint quality cases bench bench-frontier bench-seen bench-politeness chaos lock clean-machine image clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
		|| sed -n 's/^\([a-z-]*\):.*## /  make \1  /p' $(MAKEFILE_LIST)

crawl: $(VENV)/ready ## crawl a portal: PORTAL=sample (served locally) WORKERS=2
ifeq ($(PORTAL),sample)
	@$(PY) -m sample_portal run -- $(PY) -m scrapy fleet sample --workers $(WORKERS) $(ARGS)
else
	@$(PY) -m scrapy fleet '$(PORTAL)' --workers $(WORKERS) $(ARGS)
endif

browser: $(VENV)/ready ## a browser for lists that a script fills: Playwright's, else Debian's package (root)
	@./setup.sh browser

# Most tests wait, for servers that start or workers that end: three at a time keep two cores busy. The tests of
# a file stay together, for they share what is costly to begin.
test: $(VENV)/ready-dev ## the whole test suite, on real servers: ARGS='-k word' JOBS=3
	@$(PY) -m pytest -n $(or $(JOBS),3) --dist loadfile --no-loadscope-reorder $(ARGS)

# The pure parts have no server, and their tests no process; what takes seconds is left to make test.
PURE := chinese cleaning context discovery download extraction fetching fleet parsing portals source spiders test_settings_read.py test_urls.py
unit: $(VENV)/ready-dev ## the tests of the pure parts alone, in seconds
	@$(PY) -m pytest -q -m 'not slow and not build and not servers and not crawl and not corpus' $(ARGS) $(addprefix tests/,$(PURE))

lint: $(VENV)/ready-dev ## ruff, mypy --strict, the layers
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --quiet --check .
	@$(PY) -m mypy --no-error-summary
	@report=$$($(VENV)/bin/lint-imports --no-cache 2>&1) || { echo "$$report"; exit 1; }

quality: $(VENV)/ready-dev ## extraction against labelled pages and its peers: CORPUS=folder BASE=commit; fails below the floors
	@$(PY) -m benchmarks.$(if $(BASE),extraction,quality) $(or $(CORPUS),../shared/corpus) $(if $(BASE),--base '$(BASE)',--compare) $(ARGS)

cases: $(VENV)/ready-dev ## small inputs that failed once, read and crawled again: CASES=folder ARGS=--only=pages
	@$(PY) -m benchmarks.cases $(or $(CASES),../shared/cases) $(ARGS)

# The packages are kept in .cache/suites; npm fetches one of them.
suites: $(VENV)/ready-dev ## other projects' suites (html5lib, feedparser, protego, WHATWG's encodings): ARGS='--write' for docs/suites.md
	@$(PY) -m tests.suites $(ARGS)

bench: $(VENV)/ready-dev ## this crawler beside its peers, 5,000 pages: ROUNDS=3 BASE=commit; writes docs/benchmarks.md
	@$(PY) -m benchmarks crawl --rounds $(or $(ROUNDS),3) $(if $(BASE),--base '$(BASE)') $(ARGS)

bench-frontier: $(VENV)/ready-dev ## pushes and leases a second on one Redis
	@$(PY) -m benchmarks frontier $(ARGS)

bench-seen: $(VENV)/ready-dev ## the seen-set's memory up to 20 million URLs
	@$(PY) -m benchmarks seen $(ARGS)

bench-politeness: $(VENV)/ready-dev ## what one host sees in a minute of four workers that may ask it 5 times a second
	@POLITENESS_SECONDS=60 POLITENESS_LEAST=4.5 $(PY) -m pytest -q -s tests/contract/test_politeness.py

chaos: $(VENV)/ready-dev ## kill, freeze and starve workers and servers: ROUNDS=20; writes docs/chaos.md
	@$(PY) -m tests.chaos --rounds $(or $(ROUNDS),20) $(ARGS)

clean-machine: $(VENV)/ready-dev ## prove RUN='make crawl', twice, on a minimal Debian without libcurl4 (root)
	@$(PY) tests/clean/machine.py --within 180 '$(RUN)' '$(RUN)'
	@$(PY) tests/clean/machine.py --within 300 'make test ARGS="-q tests/stack/test_servers.py"'

image: $(VENV)/ready-dev ## play deploy/Dockerfile's steps in a clean chroot, without Docker: TARGET=worker (root)
	@$(PY) tests/clean/image.py --target $(or $(TARGET),worker)

# With the oldest Python there is (Debian 12's 3.11.2), or it locks what that one cannot install:
# .venv/bin/python tests/clean/machine.py 'make lock && cat constraints.txt'
lock: ## write constraints.txt anew from the requirements
	@PYTHON='$(PYTHON)' ./setup.sh lock

clean: ## remove .venv and caches; crawled data in .data stays
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/ready: requirements.txt constraints.txt setup.sh
	@PYTHON='$(PYTHON)' ./setup.sh requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements.txt requirements-dev.txt constraints.txt setup.sh
	@PYTHON='$(PYTHON)' ./setup.sh requirements-dev.txt
	@touch $(VENV)/ready $@
