# Each target sets up what it needs first (scripts/setup), and that takes no time when nothing is missing.
.PHONY: help demo test check pictures readme-pictures words bench soak fuzz mutate sounds clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    a branch with seven screens and head office in a box   (ARGS='--headless' for a scripted morning with pictures)"
	@echo "make test    every test, with coverage of the pure folders   (STEPS='unit screens' for some of them)"
	@echo "make check   format, lint, types, layers"
	@echo "make pictures  every screen in every state on contact sheets; what was drawn becomes the reference   (ARGS='--match home')"
	@echo "make readme-pictures  README's pictures anew, out of the gallery and what 'make demo ARGS=--headless' has left in out/demo"
	@echo "make words   Hong Kong's catalogue anew out of the mainland's"
	@echo "make bench   how fast, beside the least possible code"
	@echo "make soak    a wall and a touch kiosk for 45 minutes, 20 times as fast, with nothing else running   (MINUTES=45 SPEED=20)"
	@echo "make fuzz    every reader of bytes from outside, coverage-guided   (MINUTES=10 for each, READERS='padlink ff68')"
	@echo "make mutate  which changes of a pure file no test notices   (FILES='signage/core/hours.py' TESTS='tests/unit/core/test_hours.py')"
	@echo "make sounds  the words that screens speak, made anew from the catalogues by espeak-ng"
	@echo "make clean   removes what was built"

demo:
	@scripts/setup run
	@.venv/bin/signage demo $(ARGS)

test:
	@scripts/setup test
	@scripts/test $(STEPS)

check:
	@scripts/setup test
	@scripts/check

pictures:
	@scripts/setup test
	@.venv/bin/python -m tests.pictures renew $(ARGS)

readme-pictures:
	@scripts/setup test
	@.venv/bin/python -m tests.pictures readme

words:
	@scripts/setup test
	@.venv/bin/python -m tests.catalogues

bench:
	@scripts/setup bench
	@for bench in press_to_row tap_to_glass kiosk scene bridge bundles collect fleet report "push --short"; do echo "== $$bench"; .venv/bin/python -m bench.$$bench || exit 1; done

soak:
	@scripts/setup test
	@.venv/bin/python -m bench.soak $(or $(MINUTES),45) $(or $(SPEED),20)

fuzz:
	@scripts/setup test
	@.venv/bin/python -m tests.fuzz --minutes $(or $(MINUTES),10) $(READERS)

mutate:
	@scripts/setup test
	@[ -x .venv/bin/mutmut ] || .venv/bin/python -m pip --quiet install --constraint constraints.txt --no-build-isolation --editable '.[mutation]'
	@.venv/bin/python -m tests.mutation $(FILES) $(if $(TESTS),--tests $(TESTS)) $(if $(ONLY),--only $(ONLY))

sounds:
	@scripts/setup run
	@scripts/sounds

clean:
	rm -rf .venv build dist out var *.egg-info .coverage .coverage.* htmlcov
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
