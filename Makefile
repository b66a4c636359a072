# Two commands do everything from a fresh clone: `make run` and `make test`. Only Python 3.11+ and make are needed.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PLAIN := not model and not browser and not llm

.PHONY: setup run test check fast slow model browser llm bench lock baseline clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Communiqué needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

run: setup
	$(BIN)/communique chat --fetch

test: check fast slow model browser llm

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fast: setup
	$(BIN)/pytest -m "$(PLAIN) and not slow" -n auto --maxprocesses 4 --dist loadfile

slow: setup
	$(BIN)/pytest -m "$(PLAIN) and slow" -n auto --maxprocesses 4 --dist loadfile

model: setup
	$(BIN)/pytest -m "model and not browser and not llm"

browser: setup
	sh tests/install-browser.sh
	$(BIN)/pytest -m browser

llm: setup
	$(BIN)/pytest -m llm

baseline: setup
	$(BIN)/communique models fetch --if-wanted
	$(BIN)/python -m evals baseline

bench: setup
	$(BIN)/python -m benchmarks

lock: setup
	{ head -2 requirements.lock; $(BIN)/pip freeze --exclude-editable | sed 's/+cpu$$//'; } > requirements.new
	mv requirements.new requirements.lock

clean:
	rm -rf .venv build *.egg-info
