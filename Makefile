# orgsim. Two commands to know: `make run` and `make test`; `make help` lists the rest.
#
# Everything is installed into VENV, which `make` makes by itself. PYTHON chooses the interpreter (3.11, 3.12 or 3.13).

VENV ?= .venv
PYTHON ?=
SCENARIOS ?= scenarios/baseline.yaml scenarios/balanced-package.yaml
ARGS ?=

bin := $(VENV)/bin
ready := $(VENV)/.ready
calibrated := results/calibration
ready_to_test := $(VENV)/.ready-to-test
pip := $(bin)/python -m pip -qq --disable-pip-version-check --no-input

# While style and types are checked on one core, the model is compiled on the other: with its single phases, which
# several tests need and each worker would compile for itself. If checking ends first, that core helps from the other
# end. The tests say what goes wrong.
compiling := $(bin)/python -c "from orgsim.ensembles.run import ready; ready()[1].every_part()" 2>/dev/null
helping := $(bin)/python -c "from orgsim.core.compile import printed; from orgsim.schedule import model; \
  printed(model())[0].every_part(backwards=True)" 2>/dev/null

.DEFAULT_GOAL := help
.PHONY: help run dashboard test soak lint bench bench-dashboard bench-studies picture docs levers validate expected trace studies calibrate clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s%s\n", $$1, $$2}' Makefile

run: $(ready)  ## Compare the example scenarios: what would this policy change?
	@$(bin)/orgsim compare $(SCENARIOS)

dashboard: $(ready)  ## Open the dashboard in the browser: policies moved by sliders 用浏览器拖动滑块比较政策
	@$(bin)/orgsim dashboard $(ARGS)

test: $(ready_to_test)  ## Check style, types and imports, then run every test (ARGS="-k word" chooses)
	@$(compiling) & compiler=$$!; $(checks) if kill -0 $$compiler 2>/dev/null; then $(helping); fi; wait; \
	[ -z "$$failed" ] || printf '\nFailed:%s. The tests follow.\n\n' "$$failed"; \
	$(bin)/pytest $(ARGS) || failed="$$failed pytest"; \
	[ -z "$$failed" ]

soak: $(ready_to_test)  ## Run the tests that take minutes: studies killed fifty times, full disks, clusters that die
	@$(bin)/pytest -m soak $(ARGS)

lint: $(ready_to_test)  ## Check style, types and imports only
	@$(checks) [ -z "$$failed" ]

bench: $(ready)  ## Measure how fast the model runs on this machine
	@$(bin)/python experiments/bench.py $(ARGS)

bench-dashboard: $(ready_to_test)  ## Measure how fast the dashboard answers, in a browser and for ten people at once
	@$(bin)/python experiments/bench_dashboard.py $(ARGS)

bench-studies: $(ready_to_test)  ## Measure what running studies costs beside the model, on threads and on Dask
	@$(bin)/python experiments/bench_studies.py $(ARGS)

picture: $(ready_to_test)  ## Photograph the dashboard for the README, in a browser
	@$(bin)/python experiments/picture.py $(ARGS)

docs: $(ready)  ## Write the pages that are made from the model itself: docs/model.md, docs/odd.md
	@$(bin)/python -m orgsim.report.reference
	@$(bin)/python -m orgsim.report.odd

levers: $(ready)  ## Move every lever to both ends and write docs/levers.md; several minutes, goes on where it was stopped
	@$(bin)/python -m orgsim.report.levers $(ARGS)

validate: $(ready)  ## Measure the model against the evidence and write docs/validation.md; several minutes
	@$(bin)/python -m orgsim.report.validation $(ARGS)

expected: $(ready)  ## Run every shipped scenario and write scenarios/expected and the index; several minutes, goes on where stopped
	@$(bin)/python -m orgsim.report.expected $(ARGS)

trace: $(ready)  ## Try every claim of the district report and write docs/report.md; several minutes, goes on where stopped
	@$(bin)/python -m orgsim.report.trace $(ARGS)

studies: $(ready)  ## Run the shipped studies, renew rows, figures and answers; some ten minutes, goes on where it was stopped
	@for study in $(notdir $(patsubst %/study.yaml,%,$(wildcard experiments/*/study.yaml))); do \
	  { [ ! -f experiments/$$study/points.py ] || $(bin)/python experiments/$$study/points.py; } && \
	  $(bin)/orgsim experiment run $$study && \
	  $(bin)/orgsim experiment export $$study csv --out experiments/$$study/results.csv && \
	  cp results/$$study/manifest.json experiments/$$study/ && \
	  if [ -f experiments/$$study/analysis.md ]; then \
	    $(bin)/orgsim experiment analyze $$study --outcome annual_turnover --quiet && \
	    mkdir -p experiments/$$study/figures experiments/$$study/tables && \
	    cp results/$$study/analysis/analysis.md experiments/$$study/ && \
	    cp results/$$study/analysis/figures/*.png experiments/$$study/figures/ && \
	    cp results/$$study/analysis/tables/*.csv experiments/$$study/tables/; \
	  fi && \
	  $(bin)/python experiments/$$study/figure.py || exit 1; \
	done

calibrate: $(ready)  ## Fit values to the evidence: shipped sets and docs/calibration.md; some ten minutes, goes on where it was stopped
	@$(bin)/orgsim calibrate --output $(calibrated) $(ARGS)
	@cp $(calibrated)/posterior.csv src/orgsim/ensembles/
	@cp $(calibrated)/calibration.md $(calibrated)/calibration.csv $(calibrated)/calibration-values.csv docs/
	@cp $(calibrated)/images/calibration.png docs/images/

clean:  ## Remove the virtual environment and what tools left behind
	@[ ! -f $(VENV)/pyvenv.cfg ] || rm -rf $(VENV)
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests dashboard experiments -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# All three are run even if one fails; their names are then in $failed.
define checks
failed=; \
$(bin)/ruff check . || failed="$$failed ruff"; \
$(bin)/mypy || failed="$$failed mypy"; \
$(bin)/lint-imports --no-logo || failed="$$failed lint-imports";
endef

# A few tests look at the dashboard in a real browser; without one they say so and are left out.
define browser
if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    echo "Installing the system's Chromium for the tests of the dashboard."; \
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive timeout 300 \
      apt-get -qq -y install --no-install-recommends chromium chromium-driver; } >/dev/null 2>&1 || \
    echo "Chromium cannot be had here: the tests that need a browser will be left out." >&2; \
  else \
    echo "Without Chromium the tests that need a browser are left out; on Debian:" >&2; \
    echo "    sudo apt-get install chromium chromium-driver" >&2; fi; \
fi
endef

# A stamp is younger than what it was installed from, so a second call has nothing to do.
$(ready): pyproject.toml constraints.txt | $(bin)/pip
	@echo "Installing orgsim into $(VENV); about a minute, once."
	@$(pip) install -c constraints.txt -e .
	@touch $@

$(ready_to_test): pyproject.toml constraints.txt | $(bin)/pip
	@echo "Installing orgsim and what its tests need into $(VENV); about a minute, once."
	@$(pip) install -c constraints.txt -e '.[test]'
	@$(browser)
	@touch $(ready) $@

# pip is the last thing to come into a virtual environment: where it is, the environment is whole.
$(bin)/pip:
	@python=; \
	for each in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	  if $$each -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	    python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "orgsim needs Python 3.11, 3.12 or 3.13; tried: $(or $(PYTHON),python3 python3.13 python3.12 python3.11)." >&2; \
	  echo "Install one, or name it: make run PYTHON=path/to/python3.12" >&2; exit 1; fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	  package=$$($$python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "This Python cannot make virtual environments yet; installing the system's $$package."; \
	    apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
	      apt-get -qq -y install --no-install-recommends $$package >/dev/null || exit 1; \
	  else \
	    echo "This Python cannot make virtual environments. On Debian or Ubuntu, first run:" >&2; \
	    echo "    sudo apt-get install $$package" >&2; exit 1; fi; \
	fi; \
	[ ! -f $(VENV)/pyvenv.cfg ] || rm -rf $(VENV); \
	$$python -m venv $(VENV)
