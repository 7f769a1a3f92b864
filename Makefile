# Pulse Desktop. Needs Python 3.11 and make; fetches the rest itself (tools/bootstrap.py).
#
#   make run         open the program on a throw-away practice clinic; without a display, perform the tour
#   make test        the fast tests, without a display      make test ARGS="-k schedule"
#   make test-long   the long forms as well                 make test ARGS="--on server" (the clinic's tests there)
#   make bench       how fast it is, against floors     make bench SIZES="1000 10000 100000"
#   make lint        style, types, walls between rooms, ratchets, dependencies
#   make pictures    take the README's pictures anew
#   make clean       remove what was made here (.venv, build and the caches)

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
  BIN := .venv/Scripts
  SCREEN := yes
else
  BIN := .venv/bin
  SCREEN := $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname -s)))
endif
TOUR := build/tour
PICTURES := today note-in-use booking-refused patient-file checkout palette aftercare-zh locked note-dark note-hands progress
HEADLESS := QT_QPA_PLATFORM=offscreen
# Two workers, for the two cores of the smallest machine this is built on; ARGS="-n 0" runs one after the other.
# Both, and every program they start, would compile all of the sources anew if nothing were kept: some seconds each.
PYTEST := $(HEADLESS) PYTHONDONTWRITEBYTECODE= $(BIN)/python -X faulthandler -m pytest -n 2 --dist worksteal

.PHONY: run test test-long bench pictures lint setup clean

run: setup
ifneq ($(SCREEN),)
	@$(BIN)/pulse-desktop --practice
else
	@echo "There is no display here, so the program performs its tour instead."
	@$(HEADLESS) $(BIN)/pulse-desktop tour --out $(TOUR)
	@$(HEADLESS) $(BIN)/python -m tools.seats_tour --out $(TOUR)/seats
	@echo "The pictures and the printed sheets are in $(CURDIR)/$(TOUR)"
endif

test: setup
	@$(PYTEST) $(ARGS)

test-long: setup
	@$(PYTEST) -m "long or not long" $(ARGS)

# Patients in the clinics that are measured, ten visits each; two sizes show what grows.
SIZES ?= 1000 10000
bench: setup
	@$(HEADLESS) PYTHONDONTWRITEBYTECODE= $(BIN)/python -m tools.benchmarks --sizes $(SIZES) $(ARGS)

# The README's pictures, taken anew by the tour.
pictures: setup
	@rm -f $(TOUR)/[0-9][0-9]-*.png
	@$(HEADLESS) $(BIN)/pulse-desktop tour --out $(TOUR)
	@mkdir -p docs/pictures
	@for name in $(PICTURES); do cp $(TOUR)/[0-9][0-9]-$$name.png docs/pictures/$$name.png; done

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python tools/ratchets.py
	@$(BIN)/deptry .

setup:
	@$(PYTHON) -I tools/bootstrap.py

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find pulse_desktop tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
