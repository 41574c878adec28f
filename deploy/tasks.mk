# What people type. A line with "##" is shown by make help.
PREFIX  ?= /usr/local
DESTDIR ?=
LISTEN  ?= 127.0.0.1:8080
DATA    ?= ./data

help:    ## list what there is
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## */\1\t/p' $(MAKEFILE_LIST) | sort -u \
	    | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'
	@echo
	@echo '  BUILD=DIR another build folder, CC=clang, LISTEN=ADDR:PORT and DATA=DIR for run,'
	@echo '  PREFIX=DIR and DESTDIR=DIR for install'

run:     ## install what is missing, build, start on 127.0.0.1:8080 with ./data, print the links
	@deploy/install-deps
	@$(MAKE) --no-print-directory -s -j$$(nproc) all
	@exec $(BUILD)/deskhand run --data $(DATA) --listen $(LISTEN) --links

deps:    ## install what building, testing and linting need
	@deploy/install-deps --tests

test:    ## run all tests (a few minutes)
	@tests/run

check-all: ## everything of test for longer: fuzzing, kills, power cuts, faults (an hour)
	@PATIENCE=15 FAULTS=all CUTS=1000 KILLS=500 FUZZ_SECONDS=180 LONG=--all RACES=1000 SILENCE=600 tests/run

bench:   ## measure speed and memory on this machine
	@tests/bench/run

lint:    ## check rules of the house, with cppcheck, the compiler's analyzer, clang-tidy
	@BUILD=$(BUILD) deploy/lint

install: all ## copy program, service unit and examples below PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/systemd/system \
	    $(DESTDIR)$(PREFIX)/share/doc/deskhand
	install -m 755 $(BUILD)/deskhand $(DESTDIR)$(PREFIX)/bin/deskhand
	sed 's|@PREFIX@|$(PREFIX)|g' deploy/deskhand.service \
	    > $(DESTDIR)$(PREFIX)/lib/systemd/system/deskhand.service
	install -m 644 README.md LICENSE deploy/deskhand.conf.example deploy/nginx.conf.example \
	    deploy/Caddyfile.example deploy/demo/hours.txt $(DESTDIR)$(PREFIX)/share/doc/deskhand
	install -m 644 deploy/README.md $(DESTDIR)$(PREFIX)/share/doc/deskhand/running.md

clean:   ## remove the build folder
	rm -rf $(BUILD)

.PHONY: help run deps test check-all bench lint install clean
