# Everything stands on `make setup`: a stamp file keeps it from being done twice.
PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin/python
CORPORA ?= ../shared
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
# One thread a process: two cores are better used by two processes, and results do not depend on the machine.
export OMP_NUM_THREADS ?= 1

SECONDS_EACH ?= 60

.PHONY: run test check eval bench scale kills load screenshots fuzz lock pipeline setup setup-dev setup-browser setup-training clean

run: setup ## the dashboard on the bundled articles
	$(RUN) -m timeline serve

test: setup-dev setup-browser ## every test, the browser's included
	$(RUN) -m pytest -n auto

check: setup-dev ## style, types, direction of imports
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

eval: setup-dev ## accuracy on the corpora in $(CORPORA), against the pinned floors
	$(RUN) -m training.evaluate data/pipeline --corpora $(CORPORA)/corpora/pipeline --floors
	$(RUN) -m benchmarks.timex --corpora $(CORPORA)
	$(RUN) -m benchmarks.events --corpora $(CORPORA)
	$(RUN) -m benchmarks.triggers --corpora $(CORPORA)
	$(RUN) -m benchmarks.coreference --corpora $(CORPORA)
	$(RUN) -m benchmarks.semeval --corpora $(CORPORA)

bench: setup-dev ## speed
	$(RUN) -m benchmarks.speed
	$(RUN) -m benchmarks.merging --sizes 1000 4000 16000

scale: setup-dev ## archives: the tests on a Ray cluster of this machine, which it installs, and builds by size and by workers
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-scale.txt
	$(RUN) -m pytest tests/test_scale.py
	$(RUN) -m benchmarks.archive prose --copies 19 --jobs 1 2
	$(RUN) -m benchmarks.archive prose --copies 19 --jobs 1 2 --engine ray
	$(RUN) -m benchmarks.archive merging --sizes 1000 10000 100000 --jobs 2
	$(RUN) -m benchmarks.blocks

kills: setup ## a build killed at twenty random moments and resumed: the same bytes
	$(RUN) -m benchmarks.archive kills --times 20 --jobs 2

load: setup-dev ## fifty visitors for two minutes
	$(RUN) -m benchmarks.load

fuzz: setup-dev ## each parser for $(SECONDS_EACH) seconds; needs libFuzzer's Python side, which it installs
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-fuzz.txt
	$(RUN) -m benchmarks.fuzz --seconds $(SECONDS_EACH)

lock: setup ## requirements.lock and docs/licences.md, from requirements.txt
	$(RUN) deploy/lock.py

screenshots: setup-dev setup-browser ## pictures of the views into docs/screenshots
	$(RUN) -m benchmarks.screenshots

pipeline: setup-training ## train data/pipeline anew from $(CORPORA)/corpora/pipeline
	$(RUN) -m training.build --corpora $(CORPORA)/corpora/pipeline --out data/pipeline

setup: $(VENV)/.setup
setup-dev: $(VENV)/.setup-dev
setup-training: $(VENV)/.setup-training

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || { echo "Timeline needs Python 3.11: install it, or say where it is (make PYTHON=/path/to/python3.11)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --upgrade pip
	touch $@

$(VENV)/.setup: $(VENV)/.python requirements.txt constraints.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.setup-dev: $(VENV)/.setup requirements-dev.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(VENV)/.setup-training: $(VENV)/.setup requirements-training.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-training.txt
	touch $@

# The browser tests drive Debian's Chromium; a test tool never downloads a browser of its own.
setup-browser:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	$$SUDO apt-get update -qq && $$SUDO apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null \
	|| { echo "The browser tests need Chromium: install your system's package of it and run make test again"; exit 1; }
endif

clean:
	rm -rf $(VENV) .timeline .pytest_cache .mypy_cache .ruff_cache .hypothesis
