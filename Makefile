# On a fresh machine `make demo` and `make test` are all it takes; both set everything up by themselves.
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
PYTHON ?=
export PYTHON
.DEFAULT_GOAL := help
.PHONY: help ready demo check test fuzz lowest newest wheel container assets browser server lint types bench bench-server truth pictures screens site data lock clean

help:
	@echo "make demo    set up, build the graph, answer questions that a charity in Thanet would ask"
	@echo "make check   compile the news of plans, check the tables, say what they tell otherwise than at the last commit"
	@echo "make test    set up and run all tests"
	@echo "make fuzz    ask 10,000 calls, 500 commands and 5,000 requests put together by chance, kill 100 loads, harm a file of every format (SEED=1 for the same again); some minutes"
	@echo "make lowest  run the tests that need no browser and no server with the oldest packages that pyproject.toml allows"
	@echo "make newest  run the same tests with the newest packages, also with another Python (PYTHON=python3.13)"
	@echo "make wheel   build the wheel and the sdist, and try the wheel in an environment of its own"
	@echo "make container  run the steps of the Containerfile without a container, and ask the server that comes of them"
	@echo "make assets  build the script and the style sheet of the explorer's page again (needs Node and npm)"
	@echo "make bench   measure how long everything takes beside other programs, and write docs/speed.md; half an hour (BENCH=\"--without neo4j_national\": ten minutes)"
	@echo "make bench-server  measure how quickly the server answers, how much it bears, and whether it grows"
	@echo "make truth   compare every published table in SHARED ($(SHARED)) with the graph, and write docs/truth.md; ask the explorer 2,000 times"
	@echo "make pictures  draw the pictures of the README and of docs/ again, into pictures/"
	@echo "make screens   take pictures of every screen of the explorer, into docs/screens"
	@echo "make site    build the pages of docs/, with a search and all that follows from the program, into build/site"
	@echo "make data    compile data/ again from the published tables in SHARED ($(SHARED))"
	@echo "make lock    choose the newest packages that pyproject.toml allows, and lock them"
	@echo "make clean   remove what these made (.venv and caches); data/ stays"

ready:
	@sh .ci/bootstrap $(VENV)

demo: ready
	@echo; echo "== The graph, built from data/"
	$(BIN)/orgmap build
	@echo; echo "== Who is my commissioner, and my Health and Wellbeing Board? On 1 December 2012:"
	$(BIN)/orgmap find "CT9 1AA" --at 2012-12-01
	@echo; echo "== On 1 June 2013:"
	$(BIN)/orgmap find "CT9 1AA" --at 2013-06-01
	@echo; echo "== On 1 June 2021:"
	$(BIN)/orgmap find "CT9 1AA" --at 2021-06-01
	@echo; echo "== Today:"
	$(BIN)/orgmap find "CT9 1AA"
	@echo; echo "== What became of the primary care trust?"
	$(BIN)/orgmap lineage "Eastern and Coastal Kent PCT" --forward

check: ready
	$(BIN)/python -m orgmap.loaders.compile --only news
	$(BIN)/orgmap check
	@rm -rf build/committed && mkdir -p build/committed && git archive HEAD data | tar -x -C build/committed
	@$(BIN)/orgmap diff --tables build/committed/data data || test $$? = 1

test: lint types browser server
	$(BIN)/python -m pytest -n 2

# Weekly: the same campaign with another seed each time. What it finds it prints with the seed.
fuzz: ready
	$(BIN)/python -m pytest tests/cli/test_csv_hard.py --hypothesis-seed=$(or $(SEED),random)
	$(BIN)/python -m tests.fuzz 10000 500 $(SEED)
	ORGMAP_EXAMPLES=200 $(BIN)/python -m pytest tests/properties
	ORGMAP_HOSTILE=5000 ORGMAP_SEED=$(or $(SEED),$(shell date +%s)) $(BIN)/python -m pytest tests/server/test_hostile.py tests/server/test_england.py

# Weekly, both: in environments of their own beside the usual one. What their packages warn of is no fault.
TESTED := tests/cli tests/spec tests/export tests/fuzz tests/properties tests/questions
TOOLS := "pytest>=8.4" "hypothesis>=6.130" "pyshacl>=0.30" pyyaml

lowest: ready
	$(BIN)/python -m tests.lowest > $(VENV)/lowest.txt
	$(BIN)/python -m venv --clear $(VENV)/lowest
	$(VENV)/lowest/bin/python -m pip install --quiet --constraint $(VENV)/lowest.txt -e ".[neo4j,export,pictures,serve]" $(TOOLS)
	$(VENV)/lowest/bin/python -m pytest -p no:cacheprovider $(TESTED) -k "not neo4j" -o filterwarnings=default

newest: ready
	$(or $(PYTHON),$(BIN)/python) -m venv --clear $(VENV)/newest
	$(VENV)/newest/bin/python -m pip install --quiet --upgrade -e ".[neo4j,export,pictures,serve]" $(TOOLS)
	$(VENV)/newest/bin/python -m pytest -p no:cacheprovider $(TESTED) -k "not neo4j" -o filterwarnings=default

# The wheel is tried outside the checkout, with the packages that a user gets.
wheel: ready
	rm -rf dist
	$(BIN)/python -m hatchling build --directory dist
	$(BIN)/python -m venv --clear $(VENV)/tried
	$(VENV)/tried/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd $(VENV)/tried && export ORGMAP_CACHE=cache && bin/orgmap --version && bin/orgmap cite \
		&& bin/orgmap find CT9 1AA --at 2013-06-01 && bin/python -I "$(CURDIR)/tests/api/script.py"
	@ls -l dist

container: ready
	sh .ci/container $(or $(PYTHON),$(BIN)/python) build/container

# Into viz/explorer/assets, which the wheel carries; only this needs Node. The lock file says which packages.
WEB := viz/explorer/web

assets:
	@ORGMAP_CI=1 sh .ci/web
	cd $(WEB) && npm run --silent check && npm run --silent build

# The tests that look at pictures need a browser, and the explorer's a second one and the packages that its script is
# built of; they skip, and say so, where none can be had.
browser: ready
	@sh .ci/chromium
	@sh .ci/webkit
	@sh .ci/lighthouse $(VENV)
	@sh .ci/web

# The tests of the store on Neo4j start one of their own: that needs Java, and Maven to fetch its files.
server: ready
	@sh .ci/java $(VENV)

lint: ready
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet

types: ready
	$(BIN)/mypy --no-error-summary

# In an environment of its own: what is compared with is not needed for anything else. The machine should be quiet.
$(VENV)/bench/.made_of: benchmarks/requirements.txt pyproject.toml | ready
	$(BIN)/python -m venv --clear $(VENV)/bench
	$(VENV)/bench/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt \
		-e ".[neo4j,export,pictures,serve]" "pytest>=8.4"
	@touch $@

bench: server $(VENV)/bench/.made_of
	$(VENV)/bench/bin/python -m benchmarks $(BENCH)

# Ten minutes of questions without a pause, for the memory: SOAK=0 leaves them out.
bench-server: ready
	$(BIN)/python -m benchmarks.served --soak $(or $(SOAK),600)

truth: browser
	$(BIN)/python -m tests.truth "$(SHARED)" docs/truth.md
	$(BIN)/python -m tests.truth.loaded "$(SHARED)"
	$(BIN)/python -m tests.truth.each_alone
	ORGMAP_EVERY=1 $(BIN)/python -m pytest tests/questions/test_records.py tests/viz/test_before_after.py tests/viz/test_map.py \
		tests/viz/test_lineage.py tests/data/test_registers_compared.py tests/browser/test_for_all.py
	ORGMAP_EVERY=1 ORGMAP_PAIRS=2000 $(BIN)/python -m pytest tests/browser/test_equal.py tests/browser/test_tasks.py

# Every screen of the explorer at three widths, into docs/screens, for the pages of docs/.
screens: browser
	$(BIN)/python -m tests.browser.screens docs/screens

pictures: ready
	@mkdir -p pictures
	$(BIN)/orgmap draw reform 2013 --within "Kent and Medway" -o pictures/reform.svg
	$(BIN)/orgmap draw diff 2020-03-31 2020-04-01 --within "Kent and Medway" -o pictures/diff.svg
	$(BIN)/orgmap draw services "Kent and Medway" --at 2015-09-30 --and 2015-10-01 -o pictures/services.svg
	$(BIN)/orgmap draw lineage --within "Kent and Medway" -o pictures/lineage.svg
	$(BIN)/orgmap draw timeline pct:5QA ccg:10E ccg:91Q icb:QKS -o pictures/timeline.svg
	$(BIN)/orgmap draw map 2013-03-31 2013-04-01 --within "Kent and Medway" -o pictures/map.svg
	$(BIN)/orgmap draw network "NHS Thanet CCG" --hops 2 --at 2013-06-01 -o pictures/network.svg

site: ready
	$(BIN)/python -m docs.making build/site

data: ready
	$(BIN)/python -m orgmap.loaders.compile "$(SHARED)" data
	$(BIN)/python -m orgmap.loaders.compile.boundaries "$(SHARED)" data

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pipx install uv" >&2; exit 1; }
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --extra dev --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) dist build .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
