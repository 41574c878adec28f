# The articles of the demo's knowledge base are part of the program; demo_kb.h lists them.
DEMO_KB := $(sort $(wildcard deploy/demo/kb/*.md))

$(BUILD)/demo/demo_kb.h: bot/demo.mk $(DEMO_KB) $(wildcard deploy/demo/kb)
	@mkdir -p $(@D)
	@n=0; for f in $(DEMO_KB); do echo "ARTICLE($$n, \"$$f\")"; n=$$((n + 1)); done > $@

$(BUILD)/bot/demo_kb.o: $(BUILD)/demo/demo_kb.h
$(BUILD)/bot/demo_kb.o: CPPFLAGS += -I$(BUILD)/demo
