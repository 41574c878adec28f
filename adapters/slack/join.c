/* Which technician somebody in Slack is. Slack says who has which mail address; the desk says who is
 * a technician. Guests, other workspaces and bots are nobody here, whatever their address. */
#include "adapters/chat/role.h"
#include "adapters/slack/slack_private.h"

static const char *refusal_of(const struct slack_profile *p)
{
    const char *never = slack_people_refusal(p);
    if (never)
        return never;
    if (!*p->email)
        return "Slack does not tell the desk your mail address, so it cannot know you. Ask an admin "
               "to give the app the scope users:read.email.";
    return NULL;
}

static void end(struct slack_talk *talk, const char *refusal)
{
    if (talk->joined)
        talk->joined(talk, refusal);
}

static void linked(struct slack_talk *talk, const struct outcome *o)
{
    talk->technician_id = o->id;
    talk->not_now = o->result != RESULT_OK;
    if (o->result != RESULT_OK)
        end(talk, "The desk could not look you up. Please try again.");
    else if (!o->id)
        end(talk, "You are no technician of this desk yet. Ask an admin to add your mail address: "
                  "deskhand technician add");
    else
        end(talk, NULL);
}

static void link_to(struct slack_talk *talk, const struct slack_profile *p)
{
    struct command c = { .kind = COMMAND_PERSON, .source = SLACK_SURFACE, .flag = true,
        .person = talk->account, .email = p->email, .name = p->name,
        .category = chat_joining_role(&talk->slack->host.config->technicians, p->email) };
    talk->not_now = !slack_talk_submit(talk, &c, linked);
    if (talk->not_now)
        end(talk, "The desk is busy. Please try again.");
}

static void looked_up(void *ctx, enum slack_todo todo, const struct slack_profile *p)
{
    struct slack_talk *talk = ctx;
    bool are_we_known = *slack_api_self(talk->slack->api)->team != '\0';
    talk->not_now = !(p && are_we_known) && todo != SLACK_TODO_FINAL;
    const char *refusal = p && are_we_known ? refusal_of(p)
                        : todo == SLACK_TODO_FINAL ? "Slack does not know this account."
                        : "Slack does not say who you are at the moment. Please try again in a "
                          "minute.";
    if (talk->slack->closed)
        talk->joined = NULL;
    else if (refusal)
        end(talk, refusal);
    else
        link_to(talk, p);
    slack_talk_drop(talk);
}

void slack_join(struct slack_talk *talk, void (*joined)(struct slack_talk *, const char *))
{
    talk->joined = joined;
    slack_talk_hold(talk);
    slack_people_get(talk->slack->people, talk->input.user, looked_up, talk);
}

void slack_person_changed(struct slack_talk *talk)
{
    const struct slack_person *p = &talk->input.person;
    if (!p->id)
        return;
    slack_people_forget(talk->slack->people, p->id);
    if (p->deleted || p->guest || p->bot || p->stranger)
        slack_leave(talk->slack, arena_print(&talk->arena, SLACK_SURFACE ":%s/%s",
                                             p->team ? p->team : talk->input.team, p->id));
}
