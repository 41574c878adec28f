#include "adapters/teams/auth.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

#include "adapters/teams/token_cache.h"
#include "bot/base/log.h"

struct teams_auth {
    struct teams_rules rules;
    struct teams_keys *keys;
    struct teams_token_cache *cache;
};

/* One request between its checks 9 and 10, while its key is looked for. */
struct check {
    struct teams_auth *auth;
    struct arena arena;                 /* holds all texts of the two below */
    struct teams_jwt token;
    struct teams_facts facts;
    bool no_activity;
    teams_auth_fn fn;
    void *ctx;
};

struct teams_auth *teams_auth_new(const struct teams_rules *rules, struct teams_keys *keys)
{
    struct teams_auth *auth = calloc(1, sizeof *auth);
    assert(rules->app_id.len && rules->issuer.len && rules->channel.len);
    if (!auth)
        abort();
    *auth = (struct teams_auth){ *rules, keys, teams_token_cache_new() };
    return auth;
}

void teams_auth_free(struct teams_auth *auth)
{
    if (!auth)
        return;
    teams_token_cache_free(auth->cache);
    free(auth);
}

/* ---- checks 11 to 13 ---- */

static enum teams_verdict check_signature(struct teams_auth *auth, const struct teams_jwt *token,
                                          const struct teams_key *key)
{
    if (teams_token_cache_has(auth->cache, token->token, key))
        return VERDICT_ACCEPTED;
    if (!teams_key_verifies(key, token->signed_part, token->signature))
        return VERDICT_BAD_SIGNATURE;
    teams_token_cache_add(auth->cache, token->token, key, token->expires.at_s);
    return VERDICT_ACCEPTED;
}

/* Tenant ids are GUIDs: an administrator may have written them with capital letters. */
static bool is_listed(struct teams_span tenant, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (strlen(list->items[i]) == tenant.len &&
            strncasecmp(list->items[i], tenant.bytes, tenant.len) == 0)
            return true;
    return false;
}

static enum teams_verdict check_tenant(const struct teams_facts *f, const struct text_list *allowed)
{
    struct teams_span in_conversation = f->conversation_tenant;
    struct teams_span in_data = f->channel_data_tenant;
    if (!in_conversation.bytes && !in_data.bytes)
        return VERDICT_NO_TENANT;
    if (in_conversation.bytes && in_data.bytes && !teams_span_equal(in_conversation, in_data))
        return VERDICT_TENANTS_DIFFER;
    return is_listed(in_conversation.bytes ? in_conversation : in_data, allowed)
               ? VERDICT_ACCEPTED : VERDICT_WRONG_TENANT;
}

static enum teams_verdict check_with_key(struct check *c, const struct teams_key *key)
{
    if (!key->rsa)
        return VERDICT_UNFIT_KEY;
    if (!teams_key_endorses(key, c->auth->rules.channel))   /* check 8: the activity's, too */
        return VERDICT_NOT_ENDORSED;
    enum teams_verdict v = check_signature(c->auth, &c->token, key);
    if (v != VERDICT_ACCEPTED || c->no_activity)
        return v;
    return check_tenant(&c->facts, c->auth->rules.tenants);
}

/* ---- the way through ---- */

static void finish(struct check *c, enum teams_verdict v)
{
    const struct teams_verdict_row *row = teams_verdict_row(v);
    teams_auth_fn fn = c->fn;
    void *ctx = c->ctx;
    arena_clear(&c->arena);
    free(c);
    if (v != VERDICT_ACCEPTED)
        log_line(row->alarm ? LOG_WARN : LOG_INFO, "teams refused", "reason=%s check=%d status=%d",
                 row->word, row->check, row->status);
    fn(ctx, v);
}

static void on_key(void *ctx, enum teams_verdict v, const struct teams_key *key)
{
    struct check *c = ctx;
    finish(c, v == VERDICT_ACCEPTED ? check_with_key(c, key) : v);
}

static struct teams_span keep(struct arena *a, struct teams_span s)
{
    return (struct teams_span){ s.bytes ? arena_copy_n(a, s.bytes, s.len) : NULL, s.len };
}

/* The body may be gone when the key comes. The rest of what it says has been judged by then. */
static void keep_tenants(struct check *c, const struct teams_facts *f)
{
    c->facts.conversation_tenant = keep(&c->arena, f->conversation_tenant);
    c->facts.channel_data_tenant = keep(&c->arena, f->channel_data_tenant);
}

void teams_auth_check(struct teams_auth *auth, const struct teams_auth_request *r, teams_auth_fn fn,
                      void *ctx)
{
    struct check *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    *c = (struct check){ .auth = auth, .fn = fn, .ctx = ctx };
    enum teams_verdict v = teams_jwt_parse(r->authorization, r->authorization_count, &c->arena,
                                           &c->token);
    if (v == VERDICT_ACCEPTED)
        v = teams_jwt_check(&c->token, &auth->rules, r->no_activity ? NULL : &r->facts,
                            r->now_ms);
    if (v != VERDICT_ACCEPTED) {
        finish(c, v);
        return;
    }
    c->no_activity = r->no_activity;
    keep_tenants(c, &r->facts);
    teams_keys_find(auth->keys, c->token.kid, on_key, c);
}
