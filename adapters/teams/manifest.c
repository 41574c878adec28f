#include "adapters/teams/manifest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "adapters/teams/icon.h"
#include "adapters/teams/zip.h"
#include "bot/base/hash.h"
#include "bot/base/json_out.h"

enum { ICON_MAX = 256 * 1024, HOST_MAX = 256 };

#define SCHEMA "https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"

static const struct {
    const char *title, *description;
} commands[] = {
    { "queue", "Tickets that nobody has yet" },
    { "mine", "My tickets" },
    { "next", "The ticket to take next" },
    { "ticket", "Show a ticket: ticket 42" },
    { "find", "Find tickets: find vpn" },
    { "new", "Make a ticket" },
    { "help", "What the desk understands" },
};

bool teams_is_guid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    size_t i = 0;
    while (form[i] && (form[i] == 'x' ? isxdigit((unsigned char)text[i]) != 0 : text[i] == '-'))
        i++;
    return !form[i] && !text[i];
}

/* Shaped like a GUID that is derived from a name (version 5). */
void teams_package_id(const char *app_id, char out[TEAMS_GUID_SIZE])
{
    static const char prefix[] = "deskhand teams app package ";
    char name[sizeof prefix + TEAMS_GUID_SIZE], hex[HASH_HEX];
    unsigned char h[HASH_BYTES];
    int len = snprintf(name, sizeof name, "%s%s", prefix, app_id);
    for (int i = 0; i < len && name[i]; i++)
        name[i] = (char)tolower((unsigned char)name[i]);
    hash_sha256(name, strlen(name), h);
    h[6] = (unsigned char)((h[6] & 0x0f) | 0x50);
    h[8] = (unsigned char)((h[8] & 0x3f) | 0x80);
    hash_hex(h, 16, hex);
    snprintf(out, TEAMS_GUID_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
             hex + 20);
}

static void about(struct json_out *j, const char *url)
{
    json_out_object(j, "developer");
    json_out_text(j, "name", "Deskhand");
    json_out_text(j, "websiteUrl", url);
    json_out_text(j, "privacyUrl", url);
    json_out_text(j, "termsOfUseUrl", url);
    json_out_object_end(j);
    json_out_object(j, "name");
    json_out_text(j, "short", "Deskhand");
    json_out_text(j, "full", "Deskhand service desk");
    json_out_object_end(j);
    json_out_object(j, "description");
    json_out_text(j, "short", "The service desk: tickets as cards in your channels");
    json_out_text(j, "full", "Each ticket is a card in a channel, its conversation the thread "
                  "below. Technicians claim, reply, note, transfer, snooze and close without "
                  "leaving Teams.");
    json_out_object_end(j);
    json_out_object(j, "icons");
    json_out_text(j, "color", "color.png");
    json_out_text(j, "outline", "outline.png");
    json_out_object_end(j);
    json_out_text(j, "accentColor", "#2463EB");
}

static void words(struct json_out *j, const char *first_scope, const char *second_scope)
{
    json_out_object(j, NULL);
    json_out_array(j, "scopes");
    json_out_text(j, NULL, first_scope);
    if (second_scope)
        json_out_text(j, NULL, second_scope);
    json_out_array_end(j);
    json_out_array(j, "commands");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        json_out_object(j, NULL);
        json_out_text(j, "title", commands[i].title);
        json_out_text(j, "description", commands[i].description);
        json_out_object_end(j);
    }
    json_out_array_end(j);
    json_out_object_end(j);
}

static void bot(struct json_out *j, const char *app_id)
{
    json_out_array(j, "bots");
    json_out_object(j, NULL);
    json_out_text(j, "botId", app_id);
    json_out_array(j, "scopes");
    json_out_text(j, NULL, "team");
    json_out_text(j, NULL, "personal");
    json_out_text(j, NULL, "groupChat");
    json_out_array_end(j);
    json_out_bool(j, "isNotificationOnly", false);
    json_out_bool(j, "supportsFiles", false);
    json_out_array(j, "commandLists");
    words(j, "personal", NULL);
    words(j, "team", "groupChat");
    json_out_array_end(j);
    json_out_object_end(j);
    json_out_array_end(j);
}

/* Without consent to the last one, threads reach the bot only where it is mentioned. */
static void rights(struct json_out *j, const struct teams_manifest *m, const char *host)
{
    json_out_array(j, "validDomains");
    json_out_text(j, NULL, host);
    json_out_array_end(j);
    json_out_object(j, "webApplicationInfo");
    json_out_text(j, "id", m->app_id);
    json_out_text(j, "resource", m->public_url);
    json_out_object_end(j);
    json_out_object(j, "authorization");
    json_out_object(j, "permissions");
    json_out_array(j, "resourceSpecific");
    json_out_object(j, NULL);
    json_out_text(j, "name", "ChannelMessage.Read.Group");
    json_out_text(j, "type", "Application");
    json_out_object_end(j);
    json_out_array_end(j);
    json_out_object_end(j);
    json_out_object_end(j);
}

int teams_manifest(const struct teams_manifest *m, struct buf *out)
{
    struct json_out j = { .buf = out };
    char id[TEAMS_GUID_SIZE], host[HOST_MAX];
    const char *from = strstr(m->public_url, "://");
    from = from ? from + 3 : m->public_url;
    snprintf(host, sizeof host, "%.*s", (int)strcspn(from, ":/"), from);
    teams_package_id(m->app_id, id);
    json_out_object(&j, NULL);
    json_out_text(&j, "$schema", SCHEMA);
    json_out_text(&j, "manifestVersion", "1.29");
    json_out_text(&j, "version", "1.0.0");
    json_out_text(&j, "id", id);
    about(&j, m->public_url);
    bot(&j, m->app_id);
    rights(&j, m, host);
    json_out_object_end(&j);
    return out->failed ? -1 : 0;
}

int teams_package(const char *manifest, size_t len, struct buf *out)
{
    struct buf color, outline;
    struct zip zip = { .out = out };
    buf_init(&color, ICON_MAX);
    buf_init(&outline, ICON_MAX);
    icon_color(&color);
    icon_outline(&outline);
    zip_add(&zip, "manifest.json", manifest, len);
    zip_add(&zip, "color.png", color.data, color.len);
    zip_add(&zip, "outline.png", outline.data, outline.len);
    zip_end(&zip);
    int failed = color.failed || outline.failed || out->failed ? -1 : 0;
    buf_clear(&color);
    buf_clear(&outline);
    return failed;
}
