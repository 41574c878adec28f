# fuzz.mk - one libFuzzer program per parser, on a library of its own that clang builds with sanitizers
# and coverage. `make fuzz` runs each for FUZZ_SECONDS; what it finds stays in $(BUILD)/fuzz.
FUZZ_CC      ?= $(shell command -v clang-14 || echo clang)
FUZZ_SECONDS ?= 3
FUZZ_SAN     := -fsanitize=address,undefined -fno-sanitize-recover=all -fsanitize=fuzzer-no-link
FUZZ_NAMES   := $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))

fuzz: fuzz-programs
	@BUILD=$(BUILD)/fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run $(FUZZ_NAMES)

fuzz-programs:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=$(FUZZ_CC) OPT=-O1 HARDEN= \
	    SAN="$(FUZZ_SAN)" fuzz-link

# Only in the make above, where BUILD, CC and SAN are those of the fuzzers.
fuzz-link: $(FUZZ_NAMES:%=$(BUILD)/bin/%)

$(BUILD)/bin/%: tests/fuzz/%_fuzz.c tests/fuzz/fuzz.h $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer -o $@ $< $(LIB) $(LDFLAGS) $(LDLIBS)

.PHONY: fuzz fuzz-programs fuzz-link
