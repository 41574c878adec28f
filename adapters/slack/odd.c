/* What Slack sends and this desk does not understand: acknowledged, and logged now and then. */
#include <inttypes.h>

#include "adapters/slack/slack_private.h"
#include "bot/base/log.h"

enum { ODD_MS = 60 * 1000 };

void slack_odd(struct slack *s, const char *type, size_t len)
{
    char word[SLACK_ERROR_SIZE];
    int64_t now_ms = loop_steady_ms(s->host.loop);
    s->odd++;
    if (s->odd_ms && now_ms - s->odd_ms < ODD_MS)
        return;
    slack_error_word(type ? type : "", word);
    log_warn("slack input not understood", "type=%s bytes=%zu count=%" PRId64
             " then=\"acknowledged, nothing done\"", word, len, s->odd);
    s->odd_ms = now_ms;
    s->odd = 0;
}

void slack_unreadable(struct slack_talk *talk, const char *bytes, size_t len)
{
    talk->input.envelope_id = slack_envelope_id(bytes, len, &talk->arena);
    if (!talk->input.envelope_id) {
        log_debug("slack frame ignored", "bytes=%zu", len);
        return;
    }
    slack_odd(talk->slack, "unreadable", len);
    slack_ack(talk, NULL);
}
