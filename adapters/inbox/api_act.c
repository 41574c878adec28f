#include <inttypes.h>
#include <stdio.h>

#include "adapters/inbox/parse.h"
#include "adapters/inbox/parts.h"
#include "bot/base/clock.h"
#include "bot/base/json_out.h"

/* What the browser sees as the status, and what a person reads when the desk gave no words. */
static const struct { int status; const char *text; } meaning[RESULTS] = {
    [RESULT_OK] = { 200, "Done." },
    [RESULT_REPEATED] = { 200, "Done." },
    [RESULT_CONFLICT] = { 409, "This was sent before with other content." },
    [RESULT_NOT_FOUND] = { 404, "There is no such ticket any more." },
    [RESULT_FORBIDDEN] = { 403, "Your role may not do this." },
    [RESULT_REFUSED] = { 409, "The ticket does not allow this now." },
    [RESULT_TAKEN] = { 409, "Somebody else already has it." },
    [RESULT_STALE] = { 409, "The ticket has changed meanwhile. Look again, then repeat it." },
    [RESULT_RATE_LIMITED] = { 429, "Too fast. Try again in a moment." },
    [RESULT_BAD] = { 400, "A value is outside its limits." },
    [RESULT_BUSY] = { 503, "The desk is busy and did not store this. Try again." },
    [RESULT_NO_SPACE] = { 503, "The desk's disk is full: this was not stored." },
    [RESULT_FAILED] = { 503, "The desk could not store this. Try again." },
};

static void answer(struct http_request *req, const struct outcome *o)
{
    struct buf out;
    struct json_out j = { .buf = &out };
    char text[200];
    buf_init(&out, 8192);
    if (o->text[0])
        snprintf(text, sizeof text, "%s", o->text);
    else if (o->result == RESULT_TAKEN && o->name[0])
        snprintf(text, sizeof text, "%s already has it.", o->name);
    else
        snprintf(text, sizeof text, "%s", meaning[o->result].text);
    json_out_object(&j, NULL);
    json_out_text(&j, "result", result_word(o->result));
    json_out_bool(&j, "ok", result_is_ok(o->result));
    json_out_text(&j, "text", text);
    json_out_text(&j, "name", o->name[0] ? o->name : NULL);
    json_out_int(&j, "ticket", o->ticket_id);
    json_out_int(&j, "version", o->version);
    json_out_int(&j, "seq", o->seq);
    json_out_int(&j, "id", o->id);
    json_out_int(&j, "retry_ms", o->retry_ms);
    json_out_object_end(&j);
    inbox_answer_json(req, meaning[o->result].status, out.data);
    buf_clear(&out);
}

static void acted(struct inbox *in, const struct inbox_wait *wait, const struct outcome *outcome)
{
    struct http_request *req = http_find(in->host.http, wait->request);
    if (req)
        answer(req, outcome);
}

static void refuse(struct http_request *req, enum result result, const char *why)
{
    struct outcome o = { .result = result };
    snprintf(o.text, sizeof o.text, "%s", why ? why : "");
    answer(req, &o);
}

void api_act(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    size_t len;
    const char *body = http_body(req, &len), *why = NULL;
    struct arena a = { 0 };
    struct command c;
    if (!parse_act(body, len, &a, &c, &why)) {
        refuse(req, RESULT_BAD, why);
    } else {
        struct inbox_wait wait = { .then = acted, .request = http_id(req) };
        c.actor = ACTOR_TECHNICIAN;
        c.actor_id = who->id;
        c.at_ms = clock_now_ms();
        c.source = "inbox";
        if (c.source_id)    /* one technician's ids are no business of another's */
            c.source_id = arena_print(&a, "%" PRId64 ".%s", who->id, c.source_id);
        hash_random(c.nonce, sizeof c.nonce);
        if (!inbox_submit(in, &c, &wait))
            refuse(req, RESULT_BUSY, NULL);
    }
    arena_clear(&a);
}
