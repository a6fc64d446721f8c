# The commands of the project; `make help` lists them. Works with GNU make 3.81 (macOS) and newer.
# What CI runs is `make check`, no more and no less: .ci/run only adds the programs that the tests open files in.

COUNTRY = KE
LANGUAGE = en
# more for pytest: make test ARGS="-k overlay"
ARGS =
BIN = .venv/bin
PROSE = $(shell find README.md CHANGELOG.md CONTRIBUTING.md build/README.md reviews/README.md translations/README.md \
	manual tooling/docs -name '*.md' 2>/dev/null | LC_ALL=C sort)

.DEFAULT_GOAL = help
.PHONY: help setup edition test check format lint types imports prose facts bench lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv, or bring it up to date (the others do this by themselves)
	@sh tooling/setup/venv.sh

edition: setup ## build one edition as DOCX, PDF and HTML: make edition COUNTRY=KE LANGUAGE=en
	@$(BIN)/manual build $(COUNTRY) --language $(LANGUAGE)

test: setup ## run the tests: make test ARGS="-k overlay"
	@$(BIN)/pytest -n 2 $(ARGS)

check: setup lint types imports prose test ## everything CI runs: style, types, import rules, spelling, tests

format: setup ## put the code into the project's format, and mend what ruff can mend
	@$(BIN)/ruff check --fix --quiet tooling tests || true
	@$(BIN)/ruff format tooling tests

lint: setup ## ruff: rules and format
	@$(BIN)/ruff check tooling tests
	@$(BIN)/ruff format --check tooling tests

types: setup ## mypy, strict
	@$(BIN)/mypy

imports: setup ## who may import whom (the rules: tooling/docs/architecture.md)
	@$(BIN)/lint-imports --no-logo

prose: setup ## spelling of all documents; terms, sentences, links and facts of the manual (tooling/docs/prose.md)
	@$(BIN)/codespell --builtin clear,rare --dictionary - --dictionary tooling/prose/british.txt \
		--ignore-words tooling/prose/accepted-words.txt --ignore-regex '`[^`]*`|https?://[^ )>]*' $(PROSE)
	@$(BIN)/python tooling/prose/prose.py
	@$(BIN)/python tooling/prose/facts.py --check

facts: setup ## write tooling/docs/fact-check.md: each claim of the manual and what stands behind it
	@$(BIN)/python tooling/prose/facts.py

bench: setup ## measure: how long a build, a rebuild and an import take on this machine
	@$(BIN)/python tooling/bench/run.py $(ARGS)

lock: setup ## make requirements.lock again from pyproject.toml, with the public index's hashes
	@env -u PIP_FIND_LINKS -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
		CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --extra dev --generate-hashes --allow-unsafe \
		--strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file requirements.lock pyproject.toml
	@sh tooling/setup/venv.sh

clean: ## remove outputs and caches; .venv stays
	@find build -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find tooling tests -name __pycache__ -type d -prune -exec rm -rf {} +
