/* What a card of ours sends back: {"_d": {a t v n w k}, "<id of an input>": "<answer>", ...}. */
#include "adapters/teams/activity_private.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { WORD_MAX = 255, NONCE_MAX = 64 };

static const char *word(const json_t *data, const char *member, size_t max, struct arena *a)
{
    const char *text = activity_text(data, member, a);
    return text && strlen(text) <= max ? text : NULL;
}

/* Clients were seen to send numbers as text. 0: none, or nothing that can be an id. */
static int64_t number(const json_t *data, const char *member)
{
    const json_t *value = json_object_get(data, member);
    int64_t n = json_is_integer(value) ? json_integer_value(value)
                                       : chat_number(json_string_value(value));
    return n > 0 && n < INT64_C(1) << 53 ? n : 0;
}

/* Answers are texts; a toggle or number may come as itself from some clients. */
static const char *answer(const json_t *value, struct arena *a)
{
    if (json_is_string(value))
        return arena_copy_n(a, json_string_value(value), json_string_length(value));
    if (json_is_boolean(value))
        return json_is_true(value) ? "true" : "false";
    return json_is_integer(value) ? arena_print(a, "%lld", (long long)json_integer_value(value))
                                  : NULL;
}

static void read_values(json_t *data, struct arena *a, struct teams_clicked *click)
{
    const char *id;
    json_t *value;
    click->values = arena_alloc(a, TEAMS_VALUES_MAX * sizeof *click->values);
    json_object_foreach(data, id, value)
        if (click->value_count < TEAMS_VALUES_MAX && strcmp(id, "_d") != 0
                && strcmp(id, "msteams") != 0)
            click->values[click->value_count++] =
                (struct chat_value){ arena_copy(a, id), answer(value, a) };
}

void activity_click(json_t *data, struct arena *a, struct teams_clicked *click)
{
    const json_t *d = json_object_get(data, "_d");
    click->action = word(d, "a", WORD_MAX, a);
    click->ours = click->action != NULL;
    if (!click->ours)
        return;
    click->word = word(d, "w", WORD_MAX, a);
    click->nonce = word(d, "k", NONCE_MAX, a);
    click->ticket_id = number(d, "t");
    click->version = number(d, "v");
    click->number = number(d, "n");
    read_values(data, a, click);
}

/* Whose click on which card, and everything that was entered: a corrected answer is another one. */
const char *activity_meaning(const struct teams_input *in, struct arena *a)
{
    const struct teams_clicked *c = &in->click;
    const char *texts[9 + TEAMS_VALUES_MAX];
    size_t n = 0;
    const char *const who[] = { in->tenant, in->aad, in->user, in->channel, in->reply_to,
                                c->action, c->word, c->nonce };
    for (; n < COUNT(who); n++)
        texts[n] = who[n];
    texts[n++] = arena_print(a, "%lld %lld %lld", (long long)c->ticket_id, (long long)c->version,
                             (long long)c->number);
    for (size_t i = 0; i < c->value_count && n < COUNT(texts); i++)
        texts[n++] = arena_print(a, "%zu %s %s", strlen(c->values[i].id), c->values[i].id,
                                 c->values[i].text ? c->values[i].text : "");
    return activity_key("m", texts, n, a);
}
