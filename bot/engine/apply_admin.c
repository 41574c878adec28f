/* Administration: clients, technicians, teams, signing in, knowledge. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/desk/plain.h"
#include "bot/engine/script.h"
#include "bot/store/store_kb.h"

static bool refuse_value(struct script *s, const char *what, const char *wrong)
{
    return script_refuse(s, RESULT_BAD, arena_print(s->a, "%s %s.", what, wrong));
}

/* NULL is no name: it stays as it is, or another one stands in. */
static bool name_is_good(struct script *s, const char *name)
{
    const char *wrong = name ? name_wrong(name) : NULL;
    return !wrong || refuse_value(s, "The name", wrong);
}

void apply_client_save(struct script *s)
{
    const struct client_change *c = s->c->client;
    if (!c || !c->key || !*c->key) {
        script_refuse(s, RESULT_BAD, "A client needs a key.");
        return;
    }
    if (!name_is_good(s, c->name))
        return;
    s->o->id = store_client_save(s->db, c, s->c->at_ms);
    script_news(s, NEWS_CLIENT)->client_id = s->o->id;
}

void apply_technician_save(struct script *s)
{
    int role = s->c->category ? role_parse(s->c->category) : ROLE_TECHNICIAN;
    const char *wrong = s->c->email ? email_wrong(s->c->email) : "is missing";
    if (role < 0)
        script_refuse(s, RESULT_BAD, "The role is technician, lead or admin.");
    else if (wrong)
        refuse_value(s, "The mail address", wrong);
    if (role < 0 || wrong || !name_is_good(s, s->c->name))
        return;
    s->o->id = store_technician_save(s->db, s->c->email, s->c->name, role, s->c->flag,
                                     s->c->at_ms);
    script_news(s, NEWS_PEOPLE);
}

void apply_team_save(struct script *s)
{
    if (!s->c->name || !*s->c->name) {
        script_refuse(s, RESULT_BAD, "A team needs a name.");
        return;
    }
    if (!name_is_good(s, s->c->name))
        return;
    s->o->id = store_team_save(s->db, s->c->name);
    const char *at = s->c->text ? s->c->text : "";
    while (*at) {
        size_t len = strcspn(at, "\n");
        char *email = arena_copy_n(s->a, at, len);
        int64_t technician = *email ? store_technician_by_email(s->db, email) : 0;
        if (technician)
            store_team_member(s->db, s->o->id, technician);
        else if (*email) {
            script_refuse(s, RESULT_NOT_FOUND, arena_print(s->a, "%s is no technician.", email));
            return;
        }
        at += len + (at[len] == '\n');
    }
    script_news(s, NEWS_PEOPLE);
}

void apply_sign_in_link(struct script *s)
{
    int64_t id = s->c->email ? store_technician_by_email(s->db, s->c->email) : 0;
    struct technician_view technician = { 0 };
    if (id)
        store_technician(s->db, id, s->a, &technician);
    if (!technician.active) {
        script_refuse(s, RESULT_NOT_FOUND, "There is no active technician with this address.");
        return;
    }
    s->o->id = id;
    store_signin_insert(s->db, s->c->hash, id, false, s->c->until_ms);
}

void apply_sign_in(struct script *s)
{
    int64_t id = store_signin_take(s->db, s->c->hash, false, s->c->at_ms);
    struct technician_view technician = { 0 };
    if (id)
        store_technician(s->db, id, s->a, &technician);
    if (!technician.active) {
        script_refuse(s, RESULT_NOT_FOUND, "This link was used or is too old. Ask for a new one.");
        return;
    }
    s->o->id = id;
    store_signin_insert(s->db, s->c->hash2, id, true, s->c->at_ms
                        + s->d->config->inbox.session_days * DAY_S * 1000);
}

void apply_sign_out(struct script *s)
{
    store_signin_take(s->db, s->c->hash, true, 0);
}

/* The answer rule is calibrated anew by whoever sees another version. */
static void knowledge_changed(struct script *s)
{
    const char *version = store_meta(s->db, "kb_version", s->a);
    store_meta_set(s->db, "kb_version",
                   arena_print(s->a, "%lld", version ? strtoll(version, NULL, 10) + 1 : 1));
}

void apply_kb_put(struct script *s)
{
    const struct kb_article_change *article = s->c->article;
    if (!article || !article->path || !*article->path || !article->title || !article->text) {
        script_refuse(s, RESULT_BAD, "An article needs a path, a title and a text.");
        return;
    }
    s->o->id = store_kb_put(s->db, s->c->client_id, article, s->c->at_ms);
    knowledge_changed(s);
}

void apply_kb_remove(struct script *s)
{
    if (!s->c->name || !store_kb_remove(s->db, s->c->client_id, s->c->name))
        script_refuse(s, RESULT_NOT_FOUND, "There is no such article.");
    else
        knowledge_changed(s);
}
