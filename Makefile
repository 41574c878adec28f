# make help lists what there is. One binary, one archive of all objects, one test program per file.
BUILD   ?= build
ifeq ($(origin CC),default)
CC      := gcc
endif
PKGS    := libwebsockets libuv libcurl jansson sqlite3 openssl libconfig zlib
CPPFLAGS += -I. -D_GNU_SOURCE $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wcast-qual -Wstrict-prototypes \
           -Wmissing-prototypes -Wformat=2 -Werror
HARDEN  ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
OPT     ?= -O2
CFLAGS  += -std=c11 $(OPT) -g -fPIE $(WARN) $(HARDEN) $(SAN)
LDFLAGS += -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code -pthread $(SAN)
LDLIBS  := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lstemmer -lmd4c -lm

SRC  := $(filter-out bot/main.c,$(wildcard bot/*.c bot/*/*.c adapters/*.c adapters/*/*.c cards/*.c))
OBJ  := $(SRC:%.c=$(BUILD)/%.o)
LIB  := $(BUILD)/libdeskhand.a
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*_test.c))

all: $(BUILD)/deskhand ## build build/deskhand

$(BUILD)/deskhand: $(BUILD)/bot/main.o $(LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIB): $(OBJ)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The schema is built into this object, which -MMD does not see.
$(BUILD)/bot/store/db.o: $(wildcard bot/store/schema/*.sql)

$(BUILD)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-missing-prototypes -o $@ $< $(LIB) $(LDFLAGS) $(LDLIBS) -lcmocka

# Programs of the tests that need more than one file of their own.
$(BUILD)/story: tests/story/story.c tests/story/world.c tests/story/world.h $(LIB)
$(BUILD)/simulate: tests/story/simulate.c tests/story/world.c tests/story/world.h $(LIB)
$(BUILD)/story $(BUILD)/simulate:
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $(filter %.c,$^) $(LIB) $(LDFLAGS) $(LDLIBS)

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

include adapters/net/assets.mk
include bot/demo.mk
include deploy/tasks.mk
include tests/tools.mk
include tests/fuzz/fuzz.mk
include tests/slack/slack.mk

-include $(OBJ:.o=.d) $(BUILD)/bot/main.d

.PHONY: all unit
