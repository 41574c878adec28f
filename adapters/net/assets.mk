# The web files become one object in the library. Needs BUILD and LIB; brotli is used if it is there.
WEB := $(sort $(shell find adapters/*/web -type f ! -name '.*' 2>/dev/null))

$(BUILD)/web/table.c: adapters/net/assets.sh adapters/net/assets.mk $(WEB) $(wildcard adapters/*/slim.sed)
	@mkdir -p $(@D)
	sh adapters/net/assets.sh $(@D) $(WEB)

$(BUILD)/web/table.o: $(BUILD)/web/table.c adapters/net/assets_table.h adapters/net/assets.h
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(LIB): $(BUILD)/web/table.o
