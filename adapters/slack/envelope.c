/* The frame: which kind of payload it carries, and the key by which it is known again. */
#include "adapters/slack/envelope_private.h"

#include <string.h>

#include "bot/base/hash.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { TYPE_MAX = 64, RETRIES_MAX = 1000 };

/* ---- keys ---- */

/* A submission that was corrected after an error has the same view and the same hash: what was
 * entered belongs to its meaning. Values come in no order, so each is hashed by itself. */
static const char *digest(const struct slack_view *view, struct arena *a)
{
    unsigned char sum[HASH_BYTES] = { 0 }, one[HASH_BYTES];
    char hex[HASH_HEX];
    for (size_t i = 0; i < view->value_count; i++) {
        const struct slack_value *v = &view->values[i];
        char *text = arena_print(a, "%zu:%s%zu:%s%s", strlen(v->block_id), v->block_id,
                                 strlen(v->action_id), v->action_id, v->value ? v->value : "");
        hash_sha256(text, strlen(text), one);
        for (size_t k = 0; k < sizeof sum; k++)
            sum[k] ^= one[k];
    }
    hash_hex(sum, 8, hex);
    return arena_copy(a, hex);
}

/* By meaning: the moment of the click, else the view as it was shown, else the trigger. */
static const char *meaning(const struct slack_input *in, struct arena *a)
{
    const char *name = in->callback_id ? in->callback_id : in->action.action_id;
    if (in->action_ts && name)
        return arena_print(a, "%s:%s", in->action_ts, name);
    if (in->view.id && in->view.hash && in->kind != SLACK_SUGGESTION)
        return arena_print(a, "%s:%s:%s", in->view.id, in->view.hash, digest(&in->view, a));
    return in->kind == SLACK_SUGGESTION ? NULL : in->trigger_id;
}

static const char *key_of(const struct slack_input *in, struct arena *a)
{
    const char *what = in->type && in->user ? meaning(in, a) : NULL;
    if (!what)
        return arena_print(a, "v:%s", in->envelope_id);
    const char *key = arena_print(a, "i:%s:%s:%s", in->type, in->user, what);
    if (strlen(key) <= SLACK_KEY_MAX)
        return key;
    unsigned char sum[HASH_BYTES];
    char hex[HASH_HEX];
    hash_sha256(key, strlen(key), sum);
    hash_hex(sum, sizeof sum, hex);
    return arena_print(a, "i:%s", hex);
}

/* ---- frames ---- */

static const struct {
    const char *type;
    void (*read)(struct envelope *e, const json_t *payload);
} envelopes[] = {
    { "events_api", envelope_event },
    { "interactive", envelope_interactive },
    { "slash_commands", envelope_slash },
};

/* Nothing of a payload with a wrong id is believed but that it came. */
static void forget(struct slack_input *in)
{
    *in = (struct slack_input){
        .kind = SLACK_UNKNOWN, .bad = true, .envelope_id = in->envelope_id,
        .takes_payload = in->takes_payload, .retry_attempt = in->retry_attempt,
        .type = in->type, .key = in->key, .raw = in->raw };
}

static bool read_frame(struct envelope *e, const json_t *frame)
{
    struct slack_input *in = e->out;
    const char *type = envelope_text(e, frame, "type", TYPE_MAX);
    in->envelope_id = envelope_opaque(e, frame, "envelope_id");
    if (!in->envelope_id)
        return false;
    const json_t *payload = json_object_get(frame, "payload");
    in->takes_payload = json_is_true(json_object_get(frame, "accepts_response_payload"));
    in->retry_attempt = (int)envelope_number(frame, "retry_attempt", RETRIES_MAX);
    in->type = type;
    for (size_t i = 0; i < COUNT(envelopes); i++)
        if (type && !strcmp(envelopes[i].type, type) && json_is_object(payload))
            envelopes[i].read(e, payload);
    if (!in->key)
        in->key = key_of(in, e->a);
    if (e->bad)
        forget(in);
    return true;
}

bool slack_envelope_read(const char *bytes, size_t len, const struct slack_names *names,
                         struct arena *a, struct slack_input *out)
{
    struct envelope e = { .a = a, .names = names, .out = out };
    *out = (struct slack_input){ .raw = envelope_repair(bytes, len, a) };
    json_t *frame = envelope_load(out->raw);
    bool known = frame && read_frame(&e, frame);
    json_decref(frame);
    return known;
}
