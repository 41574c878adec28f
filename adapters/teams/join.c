/* Which technician somebody in Teams is. Teams says who has which mail address, the desk says who
 * is a technician. Guests and people of other tenants are nobody here, whatever their address. */
#include <string.h>
#include <strings.h>

#include "adapters/chat/role.h"
#include "adapters/inbox/parse.h"
#include "adapters/teams/talk.h"

/* What Teams says of somebody, as far as it is asked here. */
struct profile {
    const char *id, *aad, *tenant, *email, *sign_in, *name, *role;
};

static const char *text(const json_t *json, const char *member)
{
    const char *value = json_string_value(json_object_get(json, member));
    return value && *value ? value : NULL;
}

/* Two spellings of the object id are in use. A mailbox may have no address of its own: then the
 * name that the person signs in with is one. */
static struct profile read_profile(const json_t *json)
{
    struct profile p = {
        .id = text(json, "id"), .aad = text(json, "aadObjectId"),
        .tenant = text(json, "tenantId"), .email = text(json, "email"), .name = text(json, "name"),
        .sign_in = text(json, "userPrincipalName"), .role = text(json, "userRole"),
    };
    if (!p.aad)
        p.aad = text(json, "objectId");
    if (!p.email)
        p.email = p.sign_in;
    return p;
}

static bool is(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}

/* The answer is about whoever sent the activity: by the object id, which the account is named
 * after; where Teams leaves that out, by the id that was asked for. */
static bool is_about(const struct teams_input *in, const struct profile *p)
{
    return p->aad ? is(p->aad, in->aad) : p->id && in->user && !strcmp(p->id, in->user);
}

/* A guest's name for signing in says so, whatever their role and mail address say. */
static bool is_guest(const struct profile *p)
{
    return is(p->role, "guest") || is(p->role, "anonymous")
        || (p->email && strcasestr(p->email, "#EXT#"))
        || (p->sign_in && strcasestr(p->sign_in, "#EXT#"));
}

static const char *refusal_of(const struct teams_input *in, const struct profile *p)
{
    if (!is_about(in, p))
        return "Teams does not say clearly who you are. Please try again in a minute.";
    if (is_guest(p))
        return "Guests of this organisation cannot work on tickets.";
    if (p->tenant && !is(p->tenant, in->tenant))
        return "Only members of this organisation can work on tickets.";
    if (!p->email || !parse_email_is_fit(p->email))
        return "Teams does not tell the desk your mail address, so it cannot know you. Ask an "
               "admin.";
    return NULL;
}

static void end(struct teams_talk *talk, const char *refusal)
{
    if (talk->joined)
        talk->joined(talk, refusal);
}

static void end_as_stranger(struct teams_talk *talk, const char *refusal)
{
    talk->is_stranger = true;
    end(talk, refusal);
}

static void linked(struct teams_talk *talk, const struct outcome *o)
{
    if (o->result != RESULT_OK)
        end(talk, "The desk could not look you up. Please try again.");
    else if (!o->id)
        end_as_stranger(talk, "You are no technician of this desk yet. Ask an admin to add your "
                              "mail address: deskhand technician add");
    else
        end(talk, NULL);
}

static void link_to(struct teams_talk *talk, const struct profile *p)
{
    struct command c = { .kind = COMMAND_PERSON, .source = TEAMS_SURFACE, .flag = true,
        .person = talk->account, .email = arena_copy(&talk->arena, p->email),
        .name = arena_copy(&talk->arena, p->name),
        .category = chat_joining_role(&talk->teams->host.config->technicians, p->email) };
    if (!teams_talk_submit(talk, &c, linked))
        end(talk, "The desk is busy. Please try again.");
}

static void looked_up(void *ctx, const struct teams_answer *answer)
{
    struct teams_talk *talk = ctx;
    struct profile p = read_profile(answer->json);
    if (answer->todo == TEAMS_TODO_CLOSED || talk->teams->closed) {
        talk->joined = NULL;
    } else if (answer->todo != TEAMS_TODO_OK) {
        end(talk, "Teams does not say who you are at the moment. Please try again in a minute.");
    } else {
        const char *refusal = refusal_of(&talk->input, &p);
        if (refusal && is_about(&talk->input, &p))
            end_as_stranger(talk, refusal);
        else if (refusal)
            end(talk, refusal);
        else
            link_to(talk, &p);
    }
    teams_talk_drop(talk);
}

void teams_join(struct teams_talk *talk, void (*joined)(struct teams_talk *, const char *))
{
    const struct teams_input *in = &talk->input;
    talk->joined = joined;
    if (!in->channel || !in->service_url || !in->aad || !in->user) {
        end(talk, "Teams does not say who you are.");
        return;
    }
    teams_talk_hold(talk);
    teams_member_get(talk->teams, in->service_url, in->channel, in->user, looked_up, talk);
}
