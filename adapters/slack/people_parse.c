/* The pure half of people.h. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "adapters/slack/people.h"
#include "bot/base/text.h"
#include "bot/desk/zone.h"

enum { NAME_LENGTH = 80 };

static const char *text_of(const json_t *json, const char *name)
{
    return json_string_value(json_object_get(json, name));
}

static bool flag(const json_t *json, const char *name)
{
    return json_is_true(json_object_get(json, name));
}

static bool copy_id(char out[65], const char *id)
{
    size_t len = id ? strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                 "_-") : 0;
    if (!len || id[len] || len > 64)
        return false;
    memcpy(out, id, len + 1);
    return true;
}

static void copy_zone(char out[65], const char *zone)
{
    if (zone && strlen(zone) <= 64 && zone_name_is_valid(zone))
        snprintf(out, 65, "%s", zone);
}

/* Controls, marks that turn the direction of text round, and what has no width could make one name
 * look like another. */
static bool is_unseen(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0xfeff ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || (c >= 0xe0000 && c <= 0xe007f);
}

/* False when nothing that can be seen is left. */
static bool copy_name(char out[322], const char *name)
{
    size_t len = 0;
    if (!name || !text_is_valid(name, strlen(name)))
        return false;
    for (int count = 0; *name && count < NAME_LENGTH;) {
        uint32_t c = text_next(&name);
        if (is_unseen(c))
            continue;
        len += text_encode(c, out + len);
        count++;
    }
    while (len && out[len - 1] == ' ')
        len--;
    out[len] = '\0';
    return len && !text_is_blank(out);
}

static void choose_name(const json_t *user, struct slack_profile *out)
{
    const json_t *profile = json_object_get(user, "profile");
    const char *const names[] = {
        text_of(profile, "real_name"), text_of(user, "real_name"),
        text_of(profile, "display_name"), text_of(user, "name") };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (copy_name(out->name, names[i]))
            return;
    snprintf(out->name, sizeof out->name, "%s", out->user);
}

/* By this address a Slack user becomes a technician, so only a confirmed one counts; answers
 * without the flag come from before Slack had it. */
static void copy_email(const json_t *user, char out[255])
{
    const char *email = text_of(json_object_get(user, "profile"), "email");
    const char *at = email ? strchr(email, '@') : NULL;
    out[0] = '\0';
    if (!at || at == email || !at[1] || strchr(at + 1, '@') || strlen(email) > 254 ||
        json_is_false(json_object_get(user, "is_email_confirmed")))
        return;
    for (const char *c = email; *c; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f || strchr("<>\",;", *c))
            return;
    if (text_is_valid(email, strlen(email)))
        snprintf(out, 255, "%s", email);
}

/* In an organisation a user has a home team of their own and belongs to several. */
static bool is_ours(const json_t *user, const char *team, const struct slack_identity *self)
{
    const json_t *enterprise = json_object_get(user, "enterprise_user");
    const char *id = text_of(enterprise, "enterprise_id");
    if (*self->team && strcmp(team, self->team) == 0)
        return true;
    return *self->enterprise && id && strcmp(id, self->enterprise) == 0;
}

/* Some answers leave the team out: our own token was asked with, so it is ours unless they say
 * otherwise. "": a stranger's. False when what stands there is none. */
static bool copy_team(const json_t *user, const struct slack_identity *self, char out[65])
{
    const char *team = text_of(user, "team_id");
    const char *theirs = text_of(json_object_get(user, "enterprise_user"), "enterprise_id");
    if (!team)
        team = text_of(json_object_get(user, "profile"), "team");
    if (team)
        return copy_id(out, team);
    if (!flag(user, "is_stranger") && (!theirs || strcmp(theirs, self->enterprise) == 0))
        memcpy(out, self->team, sizeof self->team);
    return true;
}

bool slack_profile_parse(const json_t *user, const struct slack_identity *self,
                         struct slack_profile *out)
{
    *out = (struct slack_profile){ 0 };
    if (!copy_id(out->user, text_of(user, "id")) || !copy_team(user, self, out->team))
        return false;
    choose_name(user, out);
    copy_email(user, out->email);
    copy_zone(out->zone, text_of(user, "tz"));
    out->deleted = flag(user, "deleted");
    out->is_bot = flag(user, "is_bot") || flag(user, "is_workflow_bot") ||
                  strcmp(out->user, "USLACKBOT") == 0;
    out->guest = flag(user, "is_restricted") || flag(user, "is_ultra_restricted");
    out->stranger = flag(user, "is_stranger") || !is_ours(user, out->team, self);
    return true;
}
