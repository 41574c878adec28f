/* What Slack says about connections: whatever the bytes, numbers within their limits, and no address
 * that is not Slack's. */
#include <strings.h>

#include "adapters/slack/socket_frame.h"
#include "tests/fuzz/fuzz.h"

static void check_frame(const char *bytes, size_t size)
{
    struct slack_frame frame;
    slack_frame_parse(bytes, size, &frame);
    PROMISE(frame.kind <= SLACK_FRAME_GARBAGE && frame.reason < SLACK_REASONS);
    PROMISE(frame.num_connections >= 0 && frame.lifetime_ms >= 0);
    PROMISE(frame.kind != SLACK_FRAME_OTHER || memchr(bytes, '{', size));
}

static void check_open(const char *bytes, size_t size)
{
    static const char api[] = "https://slack.com/api/";
    struct slack_open open;
    slack_open_parse(200, bytes, size, api, &open);
    PROMISE(strspn(open.error, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(open.error));
    PROMISE((open.result == SLACK_OPEN_URL) == (open.url[0] != '\0'));
    PROMISE(open.result == SLACK_OPEN_URL || open.error[0]);
    promise_text(open.url);
    if (open.result == SLACK_OPEN_URL) {
        PROMISE(strncasecmp(open.url, "wss://", 6) == 0);
        PROMISE(strcspn(open.url + 6, "@") >= strcspn(open.url + 6, "/?#"));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_frame((const char *)data, size);
    check_open((const char *)data, size);
    return 0;
}
