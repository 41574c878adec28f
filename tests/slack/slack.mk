# slack.mk - programs of the Slack tests.
$(BUILD)/tools/socket_drive: tests/slack/socket_drive.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LIB) $(LDFLAGS) $(LDLIBS)

$(BUILD)/tools/api_drive: tests/slack/api_drive.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(LIB) $(LDFLAGS) $(LDLIBS)

slack-programs: $(BUILD)/tools/socket_drive $(BUILD)/tools/api_drive

.PHONY: slack-programs
