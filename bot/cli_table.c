/* Every subcommand in one table: its words, its help, its function. */
#include "bot/cli_private.h"

#define DATA { "--data", "DIR", "the desk's folder (default ./data)" }
#define JSON { "--json", NULL, "print JSON" }
#define CONFIG { "--config", "FILE", "settings (default DIR/deskhand.conf, if it is there)" }
#define END { NULL, NULL, NULL }

#define CLIENT_OPTIONS                                                                            \
    { "--hours", "HOURS", "when people are there: always, never, or a file with opening hours" }, \
    { "--triage", "MODE", "the assistant: off, shadow, draft or live" },                          \
    { "--reminders", NULL, "remind requesters who do not answer" },                               \
    { "--no-reminders", NULL, "never remind" },                                                   \
    { "--embed", "ORIGIN", "a site that may show the messenger, like https://acme.example;"       \
      " may stand several times" },                                                               \
    { "--color", "COLOR", "colour of the messenger, like #2463eb" },                              \
    { "--bot", "NAME", "what the assistant is called there" },                                    \
    { "--greeting", "TEXT", "its first words" },                                                  \
    { "--away", "TEXT", "what it says when nobody is there" },                                    \
    { "--vip", NULL, "important: said on every card" },                                           \
    DATA, CONFIG, END

static const struct cli_option run_options[] = {
    DATA,
    { "--listen", "ADDR:PORT", "where to listen (default 127.0.0.1:8080)" },
    CONFIG,
    { "--links", NULL, "print links to click, one of which signs in (on a terminal: default)" },
    { "--empty", NULL, "put no demo client into a new desk" },
    END
};
static const struct cli_option check_options[] = {
    DATA, { "--listen", "ADDR:PORT", "check this address too" }, CONFIG, END
};
static const struct cli_option client_add_options[] = {
    { "--name", "NAME", "the client's name, required" }, CLIENT_OPTIONS
};
static const struct cli_option client_set_options[] = {
    { "--name", "NAME", "a new name" },
    { "--on", NULL, "switch the client on" }, { "--off", NULL, "switch it off: no messenger" },
    CLIENT_OPTIONS
};
static const struct cli_option technician_options[] = {
    { "--name", "NAME", "as colleagues and customers see it" },
    { "--role", "ROLE", "technician (default), lead or admin" },
    { "--active", NULL, "may sign in (a new one may)" },
    { "--inactive", NULL, "may not sign in any more" },
    DATA, CONFIG, END
};
static const struct cli_option team_options[] = {
    { "--member", "EMAIL", "a technician of the team; may stand several times" }, DATA, CONFIG, END
};
#define ROUTE_SCOPE                                                                               \
    { "--client", "KEY", "for the tickets of this client" },                                     \
    { "--team", "NAME", "for the tickets of this team, of the client or of all" }, DATA, CONFIG, END

static const struct cli_option route_set_options[] = {
    { "--replies", NULL, "what technicians write in threads there is a reply; // begins a note" },
    ROUTE_SCOPE
};
static const struct cli_option route_remove_options[] = { ROUTE_SCOPE };
static const struct cli_option setup_slack_options[] = {
    { "--out", "FILE", "where to write the manifest (default deskhand-slack.json; - : print it)" },
    DATA, CONFIG, END
};
static const struct cli_option setup_teams_options[] = {
    { "--out", "FILE", "where to write the app package (default deskhand-teams.zip)" },
    { "--public-url", "URL", "the desk's address, like https://desk.example (default: public_url of"
      " the settings)" },
    DATA, CONFIG, END
};
static const struct cli_option kb_options[] = {
    { "--client", "KEY", "only for this client (default: for all)" }, DATA, CONFIG, END
};
static const struct cli_option kb_list_options[] = {
    { "--client", "KEY", "only those of this client" }, JSON, DATA, END
};
static const struct cli_option list_options[] = {
    { "--view", "VIEW",
      "all (default: all unfinished ones), triage, unassigned, review, awaiting_close, snoozed,"
      " done" },
    { "--client", "KEY", "only of this client" },
    { "--limit", "N", "at most so many, up to 1000 (default 50)" },
    JSON, DATA, END
};
static const struct cli_option show_options[] = {
    { "--conv", "CONV", "by the messenger's conversation id instead" }, JSON, DATA, END
};
static const struct cli_option data_json[] = { DATA, JSON, END };
static const struct cli_option data_config[] = { DATA, CONFIG, END };
static const struct cli_option data_only[] = { DATA, END };
static const struct cli_option nothing[] = { END };

const struct cli_command cli_commands[] = {
    { "run", NULL, "start the desk",
      "A new folder gets a desk with a demo client, technicians and a small knowledge base.\n"
      "It is ready when /readyz answers. End it with SIGTERM or Ctrl-C.",
      run_options, cli_run_desk, false },
    { "check", NULL, "check settings and data without starting", NULL, check_options, cli_check,
      false },
    { "health", NULL, "say how the running desk and its chat surfaces are",
      "Ends with 1 when something is not well, with 69 when no desk runs there.", data_json,
      cli_health, false },
    { "settings", NULL, "print a settings file with every key, its help and its default", NULL,
      nothing, cli_config_defaults, false },
    { "backup", "FILE", "write a checked copy of the desk, also while it runs",
      "FILE must not exist. To restore, stop the desk, put FILE in place of DIR/desk.db and\n"
      "remove DIR/desk.db-wal and DIR/desk.db-shm. What the copy had not delivered is held until\n"
      "a technician retries it.", data_only, cli_backup, false },
    { "client add", "KEY", "add a client; KEY stands in its web pages: a-z, 0-9, -",
      "The assistant is live and reminders are on unless you say otherwise.", client_add_options,
      cli_client_add, false },
    { "client set", "KEY", "change a client; what you leave out stays as it is",
      "Clients are not removed, because their tickets stay: --off switches one off.",
      client_set_options, cli_client_set, false },
    { "client list", NULL, "list the clients", NULL, data_json, cli_client_list, false },
    { "technician add", "EMAIL", "add a technician, or change the one with this address", NULL,
      technician_options, cli_technician_add, false },
    { "technician list", NULL, "list the technicians", NULL, data_json, cli_technician_list,
      false },
    { "team add", "NAME", "add a team, or members to the one with this name", NULL, team_options,
      cli_team_add, false },
    { "team list", NULL, "list the teams", NULL, data_json, cli_team_list, false },
    { "route list", NULL, "list which channel shows whose tickets", NULL, data_json,
      cli_route_list, false },
    { "route set", "PLACE", "show tickets in this channel, like slack:C024BE7LR",
      "Without --client and --team: all tickets that no other channel shows. A team's channel goes\n"
      "before its client's. Open tickets appear there at once. What technicians write in a\n"
      "ticket's thread is an internal note, unless --replies is given.", route_set_options,
      cli_route_set, false },
    { "route remove", "SURFACE", "take back what route set did; SURFACE is slack or teams",
      "Cards that are shown already stay, and are kept up to date.", route_remove_options,
      cli_route_remove, false },
    { "setup slack", NULL, "connect with Slack: write the app's manifest, check the tokens",
      "Reads SLACK_APP_TOKEN and SLACK_BOT_TOKEN from the environment. Without them it says where\n"
      "they come from. Each problem is one sentence with its remedy; 0 means that all is well.",
      setup_slack_options, cli_setup_slack, false },
    { "setup teams", NULL, "connect with Teams: write the app package, check the settings",
      "Reads TEAMS_APP_ID, TEAMS_TENANT_ID and TEAMS_APP_SECRET or TEAMS_APP_CERTIFICATE from the\n"
      "environment. Without them it says where they come from. Each problem is one sentence with\n"
      "its remedy; 0 means that all is well.", setup_teams_options, cli_setup_teams, false },
    { "sign-in", "EMAIL", "print a link that signs this technician in, once", NULL, data_config,
      cli_sign_in, false },
    { "kb import", "DIR", "read all Markdown files below DIR into the knowledge base",
      "DIR may be one Markdown file too. Links to files and folders below it are skipped.\n"
      "A file may begin with lines between two --- lines: title:, lang:, url:. Else the first\n"
      "heading is its title. A file imported again replaces its older self; what did not change\n"
      "is not touched.", kb_options, cli_kb_import, false },
    { "kb list", NULL, "list the articles", NULL, kb_list_options, cli_kb_list, false },
    { "kb remove", "PATH", "take an article out of the knowledge base",
      "PATH as kb import printed it.", kb_options, cli_kb_remove, false },
    { "ticket list", NULL, "list tickets", NULL, list_options, cli_ticket_list, false },
    { "ticket show", "NUMBER", "show a ticket as its card, or with all its fields as JSON", NULL,
      show_options, cli_ticket_show, true },
    { "ticket log", "NUMBER", "show everything that happened to a ticket, in order", NULL,
      show_options, cli_ticket_log, true },
    { "effects list", NULL, "list what could not be delivered", NULL, data_json, cli_effects_list,
      false },
    { "effects retry", "ID", "try again to deliver it", NULL, data_config, cli_effects_retry,
      false },
    { "effects drop", "ID", "give it up", NULL, data_config, cli_effects_drop, false },
    { "audit verify", NULL, "check the audit log's chain; names the first bad row", NULL, data_only,
      cli_audit_verify, false },
    { "version", NULL, "print the version", NULL, data_only,
      cli_version, false },
    { NULL, NULL, NULL, NULL, NULL, NULL, false },
};
