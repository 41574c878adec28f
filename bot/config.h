/* config.h - all settings of a desk: one settings file, the environment for secrets, the defaults.
 * It checks the whole of them at once and acts on none. The keys stand in config_table.c. */
#ifndef DESKHAND_CONFIG_H
#define DESKHAND_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/agents/reminder.h"
#include "bot/base/arena.h"
#include "bot/base/buf.h"
#include "bot/base/list.h"

enum { CONFIG_EXIT = 78 }; /* EX_CONFIG: what the process ends with when settings are bad */

struct config_rate { int64_t count, window_ms; };       /* at most count in any window */

struct config_listen {
    char host[64];                      /* an IP address, no brackets */
    int port;
    bool loopback;
};

struct config_workspace { const char *name; };

struct config_desk { int64_t reopen_days, close_resolved_days; };

struct config_limits {
    struct config_rate sends_burst, sends_sustained, conversations, frames, flood, bad_frames;
    struct config_rate upgrades, visitors_per_address, conversations_per_address;
    int64_t hello_timeout_ms, idle_timeout_ms, write_stall_ms, backlog_bytes;
    int64_t sockets, sockets_per_address, sockets_per_contact;
    int64_t visitor_days, contact_days, unused_contact_days;
    int64_t command_queue, read_queue, slack_pace;
};

struct config_triage {
    int64_t clarify_max, answers_max, lines_max, band_green, band_yellow, band_orange, watch_hours;
    struct text_list human_words, panic_words, policy_words;
};

struct config_mail {
    const char *url;                    /* "" = no mail is sent */
    const char *from, *username;
    const char *password;               /* from the environment, or NULL */
};

struct config_storage { int64_t disk_low_bytes, ballast_bytes; };

struct config_inbox {
    int64_t session_days, link_minutes;
    struct config_rate sign_in_mails;
    bool loopback_link;
};

enum join_role { JOIN_NONE, JOIN_TECHNICIAN, JOIN_LEAD };

struct config_technicians {
    int join_role;                      /* enum join_role */
    struct text_list join_domains;
};

struct config_weekly {
    bool enabled;
    int day, minute;                    /* 0 = Sunday; minute of the day */
    const char *zone;
    int64_t minutes_saved;
};

struct config_slack {                   /* from the environment; on when both tokens are set */
    const char *app_token, *bot_token;  /* NULL when not set */
    const char *api_url;                /* ends in "/" */
};

struct config_teams {                   /* from the environment; on when app_id is set */
    const char *app_id, *app_secret, *app_certificate, *tenants;    /* NULL when not set */
    const char *metadata_url, *login_url, *service_hosts;
};

struct config {
    const char *listen;                 /* as written: "127.0.0.1:8080", "[::1]:8080" */
    struct config_listen address;       /* the same, taken apart */
    const char *public_url;             /* "https://desk.example", or "" on loopback */
    struct text_list trusted_proxies;   /* addresses or networks: "10.0.0.0/8" */
    int log_level;                      /* enum log_level */
    struct config_workspace workspace;
    struct config_desk desk;
    struct config_limits limits;
    struct config_triage triage;
    struct reminder_settings reminders;
    struct config_mail mail;
    struct config_storage storage;
    struct config_inbox inbox;
    struct config_technicians technicians;
    struct config_weekly weekly;
    struct config_slack slack;
    struct config_teams teams;
    struct arena memory;                /* every text above lives here */
};

struct config_source {
    const char *path;                   /* NULL: no settings file */
    bool must_exist;                    /* named by a person: a missing file is an error */
    const char *listen;                 /* of the command line, or NULL */
};

/* Fills *c from the defaults, the file, the environment and the command line, in this order. 0, or
 * -1 with one line per error in `errors`: "FILE:LINE: KEY: what is wrong; what to do". Afterwards
 * *c is to be freed in both cases. Secrets are registered with the log so that they never appear
 * there. */
int config_load(struct config *c, const struct config_source *source, struct buf *errors);

/* The same for text in memory; name stands for the file in messages. */
int config_load_text(struct config *c, const char *name, const char *text, size_t len,
                     const char *listen, struct buf *errors);

/* Gives back what config_load filled; harmless on zeroed memory and when repeated. */
void config_free(struct config *c);

/* Every key with its help and default, commented out: an example settings file. */
void config_print_defaults(struct buf *out);

/* The environment variables that are read, one a line, for help texts. */
void config_print_environment(struct buf *out);

#endif
