#include "bot/config_table.h"

#include <string.h>

#include "bot/config.h"

#define ROW(type, field, fallback, min, max, words, help)                                         \
    { #field, type, offsetof(struct config, field), fallback, min, max, words, help },
#define INT(field, fallback, min, max, help) ROW(CONFIG_INT, field, #fallback, min, max, NULL, help)
#define BOOL(field, fallback, help) ROW(CONFIG_BOOL, field, #fallback, 0, 1, NULL, help)
#define TEXT(field, fallback, min, max, help)                                                     \
    ROW(CONFIG_TEXT, field, fallback, min, max, NULL, help)
#define WORD(field, fallback, words, help) ROW(CONFIG_WORD, field, fallback, 0, 0, words, help)
#define MINUTE(key, field, fallback, help)                                                        \
    { key, CONFIG_MINUTE, offsetof(struct config, field), fallback, 0, 1439, NULL, help },
#define RATE(field, fallback, max, help) ROW(CONFIG_RATE, field, fallback, 1, max, NULL, help)
#define NUMBERS(field, fallback, min, max, help)                                                  \
    ROW(CONFIG_NUMBERS, field, fallback, min, max, NULL, help)
#define TEXTS(field, fallback, max, help) ROW(CONFIG_TEXTS, field, fallback, 0, max, NULL, help)
#define WORDS_OF(id, code)                                                                        \
    { "reminder_texts." #code, CONFIG_TEXTS, offsetof(struct config, reminders.texts)             \
      + REMINDER_##id * sizeof(struct text_list), "[]", 0, REMINDERS_MAX, NULL, NULL },

const struct config_row config_rows[] = {
    TEXT(listen, "\"127.0.0.1:8080\"", 1, 70,
        "Where to listen: ADDRESS:PORT, IPv6 as [::1]:8080. Anything but loopback needs "
        "public_url.")
    TEXT(public_url, "\"\"", 0, 200,
        "The address that browsers use, like https://desk.example. May be empty on loopback.")
    TEXTS(trusted_proxies, "[\"127.0.0.1\", \"::1\"]", 32,
        "Proxies whose X-Forwarded-For is believed: addresses or networks like 10.0.0.0/8.")
    WORD(log_level, "\"info\"", "debug info warn error",
        "What the log shows: debug, info, warn or error.")

    TEXT(workspace.name, "\"Service desk\"", 1, 80, "What the desk is called in pages and mails.")

    INT(desk.reopen_days, 7, 0, 3650,
        "A message to a ticket closed up to so many days ago reopens it; later it starts a linked "
        "new one.")
    INT(desk.close_resolved_days, 4, 1, 3650, "A resolved ticket is closed after so many days.")

    RATE(limits.sends_burst, "[5, 10000]", 10000,
        "New messages per contact: [count, window in ms].")
    RATE(limits.sends_sustained, "[60, 600000]", 100000, "And over a longer time.")
    RATE(limits.conversations, "[20, 86400000]", 10000, "New conversations per contact.")
    RATE(limits.frames, "[100, 10000]", 100000,
        "Frames per socket; more are answered with an error.")
    RATE(limits.flood, "[300, 10000]", 100000, "Frames per socket; more close it.")
    RATE(limits.bad_frames, "[20, 60000]", 10000, "Refused frames per socket; more close it.")
    RATE(limits.upgrades, "[300, 60000]", 100000, "New connections per client address.")
    RATE(limits.visitors_per_address, "[1000, 3600000]", 50000,
        "New visitors per client address; who is known already does not count.")
    RATE(limits.conversations_per_address, "[120, 3600000]", 50000,
        "New conversations per client address.")
    INT(limits.hello_timeout_ms, 5000, 100, 60000, "A new socket must say hello within this time.")
    INT(limits.idle_timeout_ms, 70000, 1000, 3600000,
        "A socket that sends nothing is closed after this time.")
    INT(limits.write_stall_ms, 20000, 100, 600000,
        "A socket that takes nothing is closed after this time.")
    INT(limits.backlog_bytes, 1048576, 65536, 67108864,
        "A socket with more than this waiting for it is closed.")
    INT(limits.sockets, 25000, 10, 1000000, "Open sockets in all.")
    INT(limits.sockets_per_address, 500, 1, 100000, "Open sockets per client address.")
    INT(limits.sockets_per_contact, 10, 1, 100, "Open sockets per contact; the oldest gives way.")
    INT(limits.visitor_days, 180, 1, 3650, "A visitor's session lives so long after its last use.")
    INT(limits.contact_days, 30, 1, 3650, "An identified contact's session lives so long.")
    INT(limits.unused_contact_days, 30, 1, 3650,
        "A contact that never wrote may be removed after so many days.")
    INT(limits.command_queue, 8192, 16, 1000000,
        "Commands that may wait for the writer; more are told to try again.")
    INT(limits.read_queue, 1024, 16, 1000000, "Reads that may wait; more are told to try again.")
    INT(limits.slack_pace, 100, 10, 10000,
        "How fast Slack is called, in percent of the rates that it publishes.")

    INT(triage.clarify_max, 2, 0, 10, "Questions the assistant may ask before people take over.")
    INT(triage.answers_max, 2, 0, 10, "Answers it may try.")
    INT(triage.lines_max, 4, 1, 20, "Its lines in all.")
    INT(triage.band_green, 60, 1, 100, "Sentiment (0 to 100) from here on is green.")
    INT(triage.band_yellow, 40, 1, 100, "From here on yellow.")
    INT(triage.band_orange, 20, 1, 100,
        "From here on orange: people are alerted. Below: handed over.")
    INT(triage.watch_hours, 72, 0, 8760,
        "Replies of a newly switched on assistant are listed for review so long.")
    TEXTS(triage.human_words, "[]", 100, "More phrases that ask for a person.")
    TEXTS(triage.panic_words, "[]", 100, "More phrases that mean an emergency.")
    TEXTS(triage.policy_words, "[]", 100, "Topics that always go to people, like \"refund\".")

    WORD(reminders.mode, "\"interval\"", "interval daily",
        "interval: after the hours below; daily: at daily_time.")
    NUMBERS(reminders.interval_hours, "[24, 24, 48, 48, 72]", 1, 2160,
        "Hours before each reminder and before people decide; the last one repeats.")
    MINUTE("reminders.daily_time", reminders.daily_minute, "\"09:30\"",
        "Time of day of daily reminders, in the client's time zone.")
    INT(reminders.count, 5, 1, REMINDERS_MAX, "Reminders before people decide.")
    BOOL(reminders.weekdays_only, true, "No reminders on Saturday and Sunday.")
    INT(reminders.auto_close_days, 0, 0, 365,
        "Close by itself so many days after the last reminder; 0: only people close.")
    REMINDER_LANG_TABLE(WORDS_OF)

    WORD(technicians.join_role, "\"none\"", "none technician lead",
        "What a member of the Slack or Teams workspace becomes at the first click, if the mail "
        "address is in join_domains; none: an admin invites each.")
    TEXTS(technicians.join_domains, "[]", 20, "Mail domains, like \"acme.example\".")

    BOOL(weekly.enabled, true, "Post a summary of what the assistant did, once a week.")
    WORD(weekly.day, "\"monday\"", "sunday monday tuesday wednesday thursday friday saturday",
        "On this day ...")
    MINUTE("weekly.time", weekly.minute, "\"09:00\"", "... at this time of day ...")
    TEXT(weekly.zone, "\"UTC\"", 1, 60, "... in this time zone, like Europe/Berlin.")
    INT(weekly.minutes_saved, 15, 1, 480,
        "Minutes of work counted as saved by a ticket that the assistant solved alone.")

    TEXT(mail.url, "\"\"", 0, 200,
        "Mail server: smtps://HOST:465, or smtp://HOST:587 with STARTTLS. Empty: no mail.")
    TEXT(mail.from, "\"\"", 0, 254, "Sender address of the desk's mails.")
    TEXT(mail.username, "\"\"", 0, 254,
        "Name for the mail server; the password comes from DESKHAND_SMTP_PASSWORD.")

    INT(storage.disk_low_bytes, 67108864, 0, INT64_C(1) << 50,
        "With less free space than this new work is refused politely.")
    INT(storage.ballast_bytes, 16777216, 0, INT64_C(1) << 40,
        "Space kept aside for getting out of a full disk.")

    INT(inbox.session_days, 14, 1, 365, "A technician signs in again so long after the last time.")
    INT(inbox.link_minutes, 15, 1, 1440, "A sign-in link or code is good for so long.")
    RATE(inbox.sign_in_mails, "[5, 3600000]", 1000,
        "Sign-in mails per mail address and per client address.")
    BOOL(inbox.loopback_link, true, "Print a sign-in link at the start when listening on loopback.")
};
const size_t config_row_count = sizeof config_rows / sizeof *config_rows;

#define SECRET(name, field, help) { name, offsetof(struct config, field), NULL, true, help },
#define PLAIN(name, field, fallback, help)                                                        \
    { name, offsetof(struct config, field), fallback, false, help },

const struct config_variable config_variables[] = {
    SECRET("DESKHAND_SMTP_PASSWORD", mail.password,
           "password for the mail server, needed with mail.username")
    SECRET("SLACK_APP_TOKEN", slack.app_token, "Slack: app-level token, xapp-..., for the socket")
    SECRET("SLACK_BOT_TOKEN", slack.bot_token, "Slack: bot token, xoxb-...")
    PLAIN("SLACK_API_URL", slack.api_url, "https://slack.com/api/", "Slack: base of its Web API")
    PLAIN("TEAMS_APP_ID", teams.app_id, NULL, "Teams: the app's (client) id")
    SECRET("TEAMS_APP_SECRET", teams.app_secret, "Teams: the app's client secret ...")
    PLAIN("TEAMS_APP_CERTIFICATE", teams.app_certificate, NULL,
          "Teams: ... or a file with its certificate and key (PEM)")
    PLAIN("TEAMS_TENANT_ID", teams.tenants, NULL,
          "Teams: tenant ids, parted by commas; the first is the bot's own")
    PLAIN("TEAMS_OPENID_METADATA_URL", teams.metadata_url,
          "https://login.botframework.com/v1/.well-known/openidconfiguration",
          "Teams: where the keys of its tokens are published")
    PLAIN("TEAMS_LOGIN_URL", teams.login_url, "https://login.microsoftonline.com",
          "Teams: base of the login service")
    PLAIN("TEAMS_SERVICE_HOSTS", teams.service_hosts,
          "smba.trafficmanager.net,smba.infra.gcc.teams.microsoft.com,"
          "smba.infra.gov.teams.microsoft.us,smba.infra.dod.teams.microsoft.us",
          "Teams: hosts that may get our token, HOST or HOST:PORT, parted by commas")
};
const size_t config_variable_count = sizeof config_variables / sizeof *config_variables;

static const struct {
    const char *group, *help;
} groups[] = {
    { "desk", "What happens to tickets as days go by." },
    { "limits", "Limits of the messenger. A rate is [count, window in ms]." },
    { "triage", "The assistant that answers first." },
    { "reminders", "The assistant that follows up with silent customers." },
    { "reminder_texts", "Own words of the reminders, by language: the first text for the first\n# "
      "reminder and so on, the last one repeats. {name} {subject} {question} are filled in." },
    { "technicians", "Who may become a technician by writing in Slack or Teams." },
    { "weekly", "The weekly summary." },
    { "mail", "Outgoing mail." },
    { "storage", "The disk." },
    { "inbox", "The web inbox of the technicians." },
};

static size_t group_length(const char *key)
{
    const char *dot = strchr(key, '.');
    return dot ? (size_t)(dot - key) : 0;
}

static void open_group(struct buf *out, const char *key, size_t len, bool commented)
{
    buf_char(out, '\n');
    for (size_t i = 0; commented && i < sizeof groups / sizeof *groups; i++)
        if (strlen(groups[i].group) == len && strncmp(groups[i].group, key, len) == 0)
            buf_print(out, "# %s\n", groups[i].help);
    buf_print(out, "%.*s: {\n", (int)len, key);
}

static void print_row(struct buf *out, const struct config_row *row, size_t group, bool commented)
{
    const char *indent = group ? "    " : "";
    const char *name = row->key + group + (group ? 1 : 0);
    if (commented && row->help)
        buf_print(out, "%s# %s\n", indent, row->help);
    buf_print(out, "%s%s%s = %s;\n", indent, commented ? "#" : "", name, row->fallback);
}

void config_table_print(struct buf *out, bool commented)
{
    const char *before = "";
    size_t open = 0;
    if (commented)
        buf_text(out,
                 "# Settings of a Deskhand desk. Every line shows its default; take away the #\n"
                 "# to change one. `deskhand check` validates the file. Secrets come from the\n"
                 "# environment, never from here.\n\n");
    for (size_t i = 0; i < config_row_count; i++) {
        const char *key = config_rows[i].key;
        size_t len = group_length(key);
        if (len != open || strncmp(key, before, len) != 0) {
            if (open)
                buf_text(out, "};\n");
            open_group(out, key, len, commented);
            open = len;
        }
        print_row(out, &config_rows[i], len, commented);
        before = key;
    }
    if (open)
        buf_text(out, "};\n");
}

void config_print_defaults(struct buf *out)
{
    config_table_print(out, true);
}

void config_print_environment(struct buf *out)
{
    for (size_t i = 0; i < config_variable_count; i++)
        buf_print(out, "%s  %s\n", config_variables[i].variable, config_variables[i].help);
}

const struct config_row *config_row_find(const char *key)
{
    for (size_t i = 0; i < config_row_count; i++)
        if (strcmp(config_rows[i].key, key) == 0)
            return &config_rows[i];
    return NULL;
}

/* Levenshtein's distance between two short keys. */
static size_t distance(const char *a, const char *b)
{
    enum { KEY_MAX = 48 };
    size_t row[KEY_MAX + 1], a_len = strlen(a), b_len = strlen(b);
    if (a_len > KEY_MAX || b_len > KEY_MAX)
        return KEY_MAX;
    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b_len];
}

/* One letter of every four may be wrong, not counting the group that both keys have. */
const char *config_row_near(const char *key)
{
    const char *near = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < config_row_count; i++) {
        size_t d = distance(key, config_rows[i].key), group = group_length(config_rows[i].key);
        bool same = group && !strncmp(key, config_rows[i].key, group + 1);
        size_t letters = strlen(key) - (same ? group + 1 : 0);
        if (d <= (letters + 3) / 4 && d < best) {
            best = d;
            near = config_rows[i].key;
        }
    }
    return near;
}
