# tools.mk - the C programs of tests/crash and tests/bench.
CRASH_SRC := $(wildcard tests/crash/*.c)

$(BUILD)/tools/powercut: $(CRASH_SRC) $(wildcard tests/crash/*.h) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $(CRASH_SRC) $(LIB) $(LDFLAGS) $(LDLIBS)

$(BUILD)/tools/load: tests/bench/load.c tests/bench/wsclient.c tests/bench/stats.c \
    tests/bench/wsclient.h tests/bench/stats.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $(filter %.c,$^) $(LDFLAGS) -lm

$(BUILD)/tools/baresqlite: tests/bench/baresqlite.c tests/bench/stats.c tests/bench/stats.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $(filter %.c,$^) $(LDFLAGS) -lsqlite3 -lm

$(BUILD)/tools/lists: tests/bench/lists.c tests/bench/stats.c tests/bench/stats.h $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $(filter %.c,$^) $(LIB) $(LDFLAGS) $(LDLIBS)

$(BUILD)/tools/kb_bench: tests/bench/kb_bench.c tests/bench/stats.c tests/bench/stats.h $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $(filter %.c,$^) $(LIB) $(LDFLAGS) $(LDLIBS)

bench-programs: $(BUILD)/deskhand $(BUILD)/tools/load $(BUILD)/tools/baresqlite $(BUILD)/tools/lists \
    $(BUILD)/tools/kb_bench

# What tests/run builds with each sanitizer; it runs the programs itself, to count and to go on.
unit-programs: $(UNIT)

.PHONY: bench-programs unit-programs
