/* config_test.c - settings: defaults, every kind of mistake with its line and remedy, secrets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/config.h"
#include "bot/config_check.h"
#include "bot/config_table.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* libconfig 1.5 forgets the text that it was reading when it meets a syntax error. The leak
 * sanitizer, where there is one, asks this function. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libconfig";
}

/* Loads text as the file "desk.conf" and leaves what was said in `said`. */
static int load(struct config *c, const char *text, const char *listen, char said[4000])
{
    struct buf errors;
    buf_init(&errors, 64 * 1024);
    int result = config_load_text(c, "desk.conf", text, strlen(text), listen, &errors);
    snprintf(said, 4000, "%s", errors.data ? errors.data : "");
    buf_clear(&errors);
    return result;
}

static void an_empty_file_means_the_defaults(void **unused)
{
    (void)unused;
    struct config c;
    char said[4000];
    assert_int_equal(load(&c, "", NULL, said), 0);
    assert_string_equal(said, "");
    assert_string_equal(c.listen, "127.0.0.1:8080");
    assert_string_equal(c.address.host, "127.0.0.1");
    assert_true(c.address.port == 8080 && c.address.loopback);
    assert_string_equal(c.public_url, "");
    assert_int_equal(c.trusted_proxies.count, 2);
    assert_string_equal(c.trusted_proxies.items[1], "::1");
    assert_null(c.trusted_proxies.items[2]);
    assert_int_equal(c.log_level, 1);
    assert_int_equal(c.desk.reopen_days, 7);
    assert_int_equal(c.desk.close_resolved_days, 4);
    assert_true(c.limits.sends_burst.count == 5 && c.limits.sends_burst.window_ms == 10000);
    assert_true(c.limits.sends_sustained.count == 60
                && c.limits.sends_sustained.window_ms == 600000);
    assert_int_equal(c.limits.hello_timeout_ms, 5000);
    assert_int_equal(c.limits.sockets_per_contact, 10);
    assert_int_equal(c.limits.bad_frames.count, 20);
    assert_int_equal(c.triage.watch_hours, 72);
    assert_int_equal(c.triage.human_words.count, 0);
    assert_int_equal(c.reminders.mode, REMINDER_INTERVAL);
    assert_int_equal(c.reminders.daily_minute, 570);
    assert_int_equal(c.reminders.interval_hours.count, 5);
    assert_int_equal(c.reminders.count, 5);
    assert_true(c.reminders.weekdays_only);
    assert_int_equal(c.reminders.auto_close_days, 0);
    assert_null(c.mail.password);
    assert_true(c.inbox.loopback_link);
    config_free(&c);
    config_free(&c);
}

static const char whole[] =
    "# a whole file\n"
    "listen = \"[::]:443\"; public_url = \"https://desk.example\";\n"
    "trusted_proxies = [\"10.0.0.0/8\", \"fd00::/8\", \"192.0.2.7\"];\n"
    "log_level = \"warn\";\n"
    "workspace: { name = \"Hilfe für alle\"; };\n"
    "desk: { reopen_days = 0; };\n"
    "limits: { sends_burst = (7, 1000); backlog_bytes = 0x100000; };\n"
    "triage: { human_words = [\"chef\", \"人間\"]; policy_words = []; };\n"
    "reminders: { mode = \"daily\"; daily_time = \"17:05\"; interval_hours = [1]; count = 3;\n"
    "  weekdays_only = false; auto_close_days = 14; };\n"
    "reminder_texts: { de = [\"Hallo {name}\", \"Noch da?\"]; };\n"
    "mail: { url = \"smtp://mail.example:587\"; from = \"desk@desk.example\"; };\n"
    "storage: { disk_low_bytes = 5000000000L; };\n";

static void every_type_is_taken(void **unused)
{
    (void)unused;
    struct config c;
    char said[4000];
    if (load(&c, whole, NULL, said))
        fail_msg("%s", said);
    assert_string_equal(c.address.host, "::");
    assert_true(c.address.port == 443 && !c.address.loopback);
    assert_string_equal(c.trusted_proxies.items[0], "10.0.0.0/8");
    assert_int_equal(c.log_level, 2);
    assert_string_equal(c.workspace.name, "Hilfe für alle");
    assert_int_equal(c.desk.reopen_days, 0);
    assert_true(c.limits.sends_burst.count == 7 && c.limits.sends_burst.window_ms == 1000);
    assert_int_equal(c.limits.backlog_bytes, 1048576);
    assert_string_equal(c.triage.human_words.items[1], "人間");
    assert_int_equal(c.reminders.mode, REMINDER_DAILY);
    assert_int_equal(c.reminders.daily_minute, 17 * 60 + 5);
    assert_true(c.reminders.interval_hours.count == 1 && c.reminders.interval_hours.items[0] == 1);
    assert_false(c.reminders.weekdays_only);
    assert_int_equal(c.reminders.texts[REMINDER_DE].count, 2);
    assert_int_equal(c.reminders.texts[REMINDER_EN].count, 0);
    assert_true(c.storage.disk_low_bytes == INT64_C(5000000000));
    config_free(&c);
}

static void mistakes_are_told_with_file_line_key_and_remedy(void **unused)
{
    (void)unused;
    static const struct { const char *story, *text, *said; } rows[] = {
        { "a broken line", "listen = \n\n", "desk.conf:3: syntax error; look for" },
        { "a key twice", "desk: {};\nlisten = \"127.0.0.1:1\"; listen = \"127.0.0.1:2\";",
          "desk.conf:2: duplicate setting name" },
        { "bad UTF-8", "# \xff\n", "desk.conf:1: the file is not UTF-8 text; save it" },
        { "an included file", "\n@include \"/etc/passwd\"\n", "desk.conf:2: @include is not read" },
        { "a number that would be cut", "desk: {\n reopen_days = 4294967299; };",
          "desk.conf:2: a number is too large; write" },
        { "cut as well", "desk: { reopen_days = +4294967299; };", "a number is too large" },
        { "cut in 64 bits", "desk: { reopen_days = 99999999999999999999L; };",
          "a number is too large" },
        { "an unknown key", "listem = \"x\";",
          "desk.conf:1: listem: unknown key; did you mean listen?" },
        { "one that is like none", "colour = 1;", "desk.conf:1: colour: unknown key; take it out" },
        { "one that is not near", "logs = 1;", "desk.conf:1: logs: unknown key; take it out" },
        { "not near in its group", "limits: { foo = 1; };", "limits.foo: unknown key; take it" },
        { "a list of two kinds", "trusted_proxies = [\"127.0.0.1\", 1];",
          "desk.conf:1: the values of a list are not of one kind; write only texts" },
        { "unknown in a group", "\nlimits: { socket = 4; };",
          "desk.conf:2: limits.socket: unknown key; did you mean limits.sockets?" },
        { "a group in a group", "limits: { a: { b = 1; }; };", "limits.a: unknown key" },
        { "an unknown group", "limit: { a = 1; };", "desk.conf:1: limit: unknown key" },
        { "a group as a value", "limits = 5;",
          "desk.conf:1: limits: is a group of settings; write" },
        { "a value as a group", "listen: { a = 1; };",
          "desk.conf:1: listen: not a text; write it in" },
        { "a secret", "mail: { password = \"x\"; };", "mail.password: secrets do not belong" },
        { "a text for a number", "desk: { reopen_days = \"7\"; };",
          "desk.conf:1: desk.reopen_days: not a whole number; write a whole number from 0 to "
          "3650" },
        { "a fraction", "desk: { reopen_days = 7.5; };", "not a whole number" },
        { "out of range", "desk: { reopen_days = -1; };", "desk.reopen_days: out of range; write" },
        { "a number for a text", "listen = 8080;", "desk.conf:1: listen: not a text" },
        { "an empty name", "workspace: { name = \"\"; };",
          "workspace.name: is 0 characters long; use 1" },
        { "control characters", "workspace: { name = \"a\\x01\"; };",
          "workspace.name: has control" },
        { "bad UTF-8 by escape", "workspace: { name = \"\\xff\"; };",
          "workspace.name: has control" },
        { "a number for a switch", "inbox: { loopback_link = 1; };",
          "not a switch; write true or false" },
        { "an unknown word", "log_level = \"loud\";",
          "log_level: unknown word; write one of these in "
          "quotes: debug info warn error" },
        { "half a word", "log_level = \"inf\";", "unknown word" },
        { "no word", "log_level = 3;", "unknown word" },
        { "24 o'clock", "reminders: { daily_time = \"24:00\"; };",
          "reminders.daily_time: not a time" },
        { "a short time", "reminders: { daily_time = \"9:30\"; };", "not a time of day" },
        { "half a rate", "limits: { frames = [5]; };", "limits.frames: not a rate; write [count" },
        { "a rate of texts", "limits: { frames = [\"5\", \"6\"]; };", "not a rate" },
        { "a window too short", "limits: { frames = [5, 10]; };", "not a rate" },
        { "six intervals", "reminders: { interval_hours = [1,1,1,1,1,1]; };",
          "not a list of 1 to 5" },
        { "no interval", "reminders: { interval_hours = []; };", "not a list of 1 to 5" },
        { "texts that are none", "triage: { human_words = \"chef\"; };",
          "not a list of at most 100" },
        { "a number among texts", "triage: { human_words = (\"a\", 1); };",
          "triage.human_words: not a" },
        { "six texts", "reminder_texts: { de = [\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]; };",
          "at most 5" },
        { "an odd brace", "reminder_texts: {\n de = [\"{nmae}\"]; };",
          "reminder_texts: a text has braces" },
        { "no port", "listen = \"127.0.0.1\";",
          "desk.conf:1: listen: not an address to listen on" },
        { "a name for an address", "listen = \"desk.example:80\";", "not an address to listen on" },
        { "public without public_url", "listen = \"0.0.0.0:80\";",
          "listen: listening beyond this machine "
          "needs public_url; set it" },
        { "a path in public_url", "public_url = \"https://a.example/\";",
          "public_url: not an address like" },
        { "a broken proxy", "trusted_proxies = [\"10.0.0.0/33\"];",
          "trusted_proxies: holds something" },
        { "mail without sender", "mail: { url = \"smtps://m.example\"; };", "mail.from: missing" },
        { "mail over http", "mail: { from = \"d@d\"; url = \"http://m.example\"; };",
          "mail.url: not a mail server" },
        { "a password in the address",
          "mail: { from = \"d@d\"; url = \"smtps://u:p@m.example\"; };", "not a mail server" },
        { "a sender that is none", "mail: { from = \"Desk <desk@desk.example>\"; };",
          "mail.from: not a" },
        { "a missing secret", "mail: { username = \"desk\"; };",
          "environment: DESKHAND_SMTP_PASSWORD: missing, but mail.username is set; set this" },
        { "bands that overlap", "triage: {\n band_green = 30; };",
          "triage.band_yellow: the bands overlap" },
        { "a flood below the frames", "limits: { flood = [10, 10000]; };",
          "limits.flood: closes a" },
        { "no such zone", "weekly: { zone = \"Europe/Nowhere\"; };", "weekly.zone: not a time" },
        { "a zone elsewhere", "weekly: { zone = \"../../etc/passwd\"; };",
          "weekly.zone: not a time" },
    };
    unsetenv("DESKHAND_SMTP_PASSWORD");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct config c;
        char said[4000];
        if (load(&c, rows[i].text, NULL, said) == 0)
            fail_msg("%s: taken", rows[i].story);
        if (!strstr(said, rows[i].said))
            fail_msg("%s: %s", rows[i].story, said);
        if (strchr(said, '\n') != said + strlen(said) - 1)
            fail_msg("%s: more than one line: %s", rows[i].story, said);
        config_free(&c);
    }
}

static void all_mistakes_are_told_at_once(void **unused)
{
    (void)unused;
    struct config c;
    char said[4000];
    assert_int_equal(load(&c, "listem = 1;\nlimits: {\n  sockets = 0;\n  x = 1;\n};\n"
                              "log_level = \"loud\";\nmail: { url = \"m\"; };\n", NULL, said), -1);
    static const char *const lines[] = { "desk.conf:1: listem: ", "desk.conf:3: limits.sockets: ",
                                         "desk.conf:4: limits.x: ", "desk.conf:6: log_level: ",
                                         "desk.conf:7: mail.url: ", "desk.conf: mail.from: " };
    for (size_t i = 0; i < COUNT(lines); i++)
        if (!strstr(said, lines[i]))
            fail_msg("%s is missing in: %s", lines[i], said);
    config_free(&c);
}

static void the_command_line_goes_first(void **unused)
{
    (void)unused;
    struct config c;
    char said[4000];
    assert_int_equal(load(&c, "listen = \"0.0.0.0:80\";", "[::1]:9000", said), 0);
    assert_string_equal(c.address.host, "::1");
    assert_int_equal(c.address.port, 9000);
    config_free(&c);
    assert_int_equal(load(&c, "", "0.0.0.0:80", said), -1);
    assert_non_null(strstr(said, "command line: --listen: listening beyond this machine needs"));
    config_free(&c);
    assert_int_equal(load(&c, "public_url = \"https://a.example\";", "nonsense", said), -1);
    assert_non_null(strstr(said, "command line: --listen: not an address"));
    config_free(&c);
}

static void addresses_are_taken_apart(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        int result;
        const char *host;
        int port;
        bool loopback;
    } rows[] = {
        { "127.0.0.1:8080", 0, "127.0.0.1", 8080, true },
        { "127.9.9.9:1", 0, "127.9.9.9", 1, true },
        { "0.0.0.0:80", 0, "0.0.0.0", 80, false },
        { "[::1]:65535", 0, "::1", 65535, true },
        { "[fe80::1]:80", 0, "fe80::1", 80, false },
        { "localhost:80", 0, "127.0.0.1", 80, true },
        { "10.0.0.1:80", 0, "10.0.0.1", 80, false },
        { "", -1, "", 0, false },
        { ":80", -1, "", 0, false },
        { "127.0.0.1:0", -1, "", 0, false },
        { "127.0.0.1:65536", -1, "", 0, false },
        { "127.0.0.1:080", -1, "", 0, false },
        { "::1:80", -1, "", 0, false },
        { "[127.0.0.1]:80", -1, "", 0, false },
        { "[::1]80", -1, "", 0, false },
        { "[]:80", -1, "", 0, false },
        { "127.0.0.1:80 ", -1, "", 0, false },
        { "127.1:80", -1, "", 0, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct config_listen out = { .port = -1 };
        int result = config_listen_parse(rows[i].text, &out);
        if (result != rows[i].result)
            fail_msg("%s: %d", rows[i].text, result);
        if (result == 0 && (strcmp(out.host, rows[i].host) != 0 || out.port != rows[i].port
                            || out.loopback != rows[i].loopback))
            fail_msg("%s: %s %d", rows[i].text, out.host, out.port);
    }
}

static void origins_are_written_as_browsers_do(void **unused)
{
    (void)unused;
    static const struct { const char *url; bool good; } rows[] = {
        { "https://desk.example", true },
        { "https://desk.example:8443", true },
        { "https://[2001:db8::1]", true },
        { "http://127.0.0.1:8080", true },
        { "http://localhost", true },
        { "http://[::1]:80", false },
        { "http://[::1]:81", true },
        { "http://desk.example", false },
        { "https://desk.example/", false },
        { "https://Desk.example", false },
        { "https://desk.example:443", false },
        { "https://", false },
        { "desk.example", false },
        { "https://a b", false },
        { "https://u@desk.example", false },
        { "https://desk.example:", false },
        { "https://[::1", false },
        { "https://desk.example?x", false },
        { "ftp://desk.example", false },
        { "https://-", false },
        { "https://desk..example", false },
        { "https://.example", false },
        { "https://*.desk.example", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (config_origin_is_valid(rows[i].url) != rows[i].good)
            fail_msg("%s", rows[i].url);
}

static void sites_are_put_right_or_refused(void **unused)
{
    (void)unused;
    static const struct { const char *given, *site; } rows[] = {
        { "https://acme.example", "https://acme.example" },
        { "HTTPS://Acme.Example:8443/", "https://acme.example:8443" },
        { "https://*.acme.example", "https://*.acme.example" },
        { "http://localhost:3000", "http://localhost:3000" },
        { "http://[::1]:81/", "http://[::1]:81" },
        { "", NULL }, { "/", NULL }, { "acme.example", NULL }, { "*", NULL },
        { "http://acme.example", NULL }, { "http://*.localhost", NULL },
        { "https://acme.example//", NULL }, { "https://acme.example/shop", NULL },
        { "https://acme.example?x", NULL }, { "https://a.example;", NULL },
        { "https://u@acme.example", NULL }, { "https://*", NULL }, { "https://*.example", NULL },
        { "https://*.*.acme.example", NULL }, { "https://a*.acme.example", NULL },
        { "https://*.[::1]", NULL }, { "javascript:alert(1)", NULL }, { "'none'", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char site[CONFIG_SITE_MAX] = "";
        int wrong = config_site_parse(rows[i].given, strlen(rows[i].given), site);
        if (wrong != (rows[i].site ? 0 : -1) || (!wrong && strcmp(site, rows[i].site) != 0))
            fail_msg("%s: %s", rows[i].given, site);
    }
    char site[CONFIG_SITE_MAX], longer[400];
    snprintf(longer, sizeof longer, "https://%0390d", 0);
    assert_int_equal(config_site_parse(longer, strlen(longer), site), -1);
}

static void secrets_come_from_the_environment(void **unused)
{
    (void)unused;
    struct config c;
    char said[4000];
    setenv("DESKHAND_SMTP_PASSWORD", "correct horse", 1);
    assert_int_equal(load(&c, "mail: { username = \"desk\"; };", NULL, said), 0);
    assert_string_equal(c.mail.password, "correct horse");
    config_free(&c);
    setenv("DESKHAND_SMTP_PASSWORD", "", 1);
    assert_int_equal(load(&c, "mail: { username = \"desk\"; };", NULL, said), -1);
    config_free(&c);
    unsetenv("DESKHAND_SMTP_PASSWORD");
    struct buf help;
    buf_init(&help, 4000);
    config_print_environment(&help);
    assert_non_null(strstr(help.data, "DESKHAND_SMTP_PASSWORD  "));
    buf_clear(&help);
}

static void settings_of_teams_mean_something(void **unused)
{
    (void)unused;
    static const struct { const char *name, *value, *said; } rows[] = {
        { "TEAMS_SERVICE_HOSTS", "smba.trafficmanager.net", NULL },
        { "TEAMS_SERVICE_HOSTS", " 127.0.0.1:8080, [::1]:80,[::1] , A.example", NULL },
        { "TEAMS_SERVICE_HOSTS", ",", "names nothing; write at least one" },
        { "TEAMS_SERVICE_HOSTS", " , ", "names nothing; write at least one" },
        { "TEAMS_SERVICE_HOSTS", "a.example,:", "write HOST or HOST:PORT" },
        { "TEAMS_SERVICE_HOSTS", "a.example:0", "write HOST or HOST:PORT" },
        { "TEAMS_SERVICE_HOSTS", "[::1", "write HOST or HOST:PORT" },
        { "TEAMS_SERVICE_HOSTS", "[]", "write HOST or HOST:PORT" },
        { "TEAMS_SERVICE_HOSTS", "a..example", "write HOST or HOST:PORT" },
        { "TEAMS_SERVICE_HOSTS", "https://a.example", "without https://" },
        { "TEAMS_SERVICE_HOSTS", "*.example", "stars" },
        { "TEAMS_TENANT_ID", ",", "names nothing" },
        { "TEAMS_TENANT_ID", "a-1, b_2", NULL },
        { "TEAMS_LOGIN_URL", "https://login.example/x?y=1", "only scheme, host, port and path" },
        { "TEAMS_LOGIN_URL", "https://login.example/#", "only scheme, host, port and path" },
        { "TEAMS_LOGIN_URL", "https://login.example/", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct config c;
        char said[4000];
        setenv("TEAMS_APP_ID", "app", 1);
        setenv("TEAMS_APP_SECRET", "secret", 1);
        setenv("TEAMS_TENANT_ID", "tenant", 1);
        setenv(rows[i].name, rows[i].value, 1);
        int result = load(&c, "", NULL, said);
        if ((result == 0) != !rows[i].said
                || (rows[i].said && (!strstr(said, rows[i].said) || !strstr(said, rows[i].name))))
            fail_msg("%s=%s: %s", rows[i].name, rows[i].value, said);
        config_free(&c);
        unsetenv(rows[i].name);
    }
    unsetenv("TEAMS_APP_ID");
    unsetenv("TEAMS_APP_SECRET");
    unsetenv("TEAMS_TENANT_ID");
}

static void files_may_be_missing_unless_they_were_named(void **unused)
{
    (void)unused;
    struct config c;
    struct buf errors;
    buf_init(&errors, 4000);
    struct config_source source = { .path = "build/no/such/file.conf" };
    assert_int_equal(config_load(&c, &source, &errors), 0);
    assert_int_equal(c.address.port, 8080);
    config_free(&c);
    source.must_exist = true;
    assert_int_equal(config_load(&c, &source, &errors), -1);
    assert_non_null(strstr(errors.data, "build/no/such/file.conf: cannot be read: No such file"));
    config_free(&c);
    buf_reset(&errors);
    source.path = "/";
    assert_int_equal(config_load(&c, &source, &errors), -1);
    assert_non_null(strstr(errors.data, "cannot be read"));
    config_free(&c);
    assert_int_equal(config_load(&c, &(struct config_source){ .path = NULL }, &errors), 0);
    config_free(&c);
    buf_clear(&errors);
}

static void a_file_on_disk_is_read(void **unused)
{
    (void)unused;
    struct config c;
    struct buf errors;
    char path[] = "/tmp/deskhand-config-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_true(write(fd, whole, sizeof whole - 1) == (ssize_t)sizeof whole - 1);
    close(fd);
    buf_init(&errors, 4000);
    struct config_source source = { .path = path, .must_exist = true, .listen = "127.0.0.1:7" };
    int result = config_load(&c, &source, &errors);
    unlink(path);
    if (result)
        fail_msg("%s", errors.data);
    assert_int_equal(c.address.port, 7);
    assert_int_equal(c.reminders.auto_close_days, 14);
    config_free(&c);
    buf_clear(&errors);
}

static void the_example_file_is_the_table(void **unused)
{
    (void)unused;
    struct buf table, bare;
    buf_init(&table, 64 * 1024);
    buf_init(&bare, 64 * 1024);
    config_print_defaults(&table);
    static char text[64 * 1024];
    FILE *file = fopen("deploy/deskhand.conf.example", "r");
    if (!file)
        fail_msg("deploy/deskhand.conf.example is missing (tests run in the top folder)");
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    if (strcmp(text, table.data) != 0)
        fail_msg("deploy/deskhand.conf.example differs from the table; put this into it:\n%s",
                 table.data);
    /* As it stands it changes nothing; and every line of it is valid when it is taken. */
    struct config c;
    char said[4000];
    assert_int_equal(load(&c, table.data, NULL, said), 0);
    config_free(&c);
    config_table_print(&bare, false);
    if (load(&c, bare.data, NULL, said))
        fail_msg("%s", said);
    config_free(&c);
    for (size_t i = 0; i < config_row_count; i++) {
        const struct config_row *row = &config_rows[i];
        const char *name = strchr(row->key, '.') ? strchr(row->key, '.') + 1 : row->key;
        if (!strstr(table.data, name))
            fail_msg("%s is not in the example", row->key);
        if (!row->help && strncmp(row->key, "reminder_texts.", 15) != 0)
            fail_msg("%s has no help", row->key);
        assert_ptr_equal(config_row_find(row->key), row);
    }
    buf_clear(&table);
    buf_clear(&bare);
}

static void any_bytes_end_in_settings_or_errors(void **unused)
{
    (void)unused;
    srand(3);
    for (int round = 0; round < 4000; round++) {
        char text[sizeof whole];
        memcpy(text, whole, sizeof whole);
        for (int i = rand() % 6; i >= 0; i--)
            text[(size_t)rand() % (sizeof text - 1)] =
                "\"{}[]();=,#@\n\\/*x9\xc3\x01 "[rand() % 22];
        if (rand() % 4 == 0)
            text[(size_t)rand() % (sizeof text - 1)] = '\0';
        struct config c;
        char said[4000];
        if ((load(&c, text, NULL, said) == 0) != (*said == '\0'))
            fail_msg("no message for: %s", text);
        config_free(&c);
    }
    struct config c;
    struct buf errors;
    buf_init(&errors, 4000);
    assert_int_equal(config_load_text(&c, "desk.conf", "a\0b", 3, NULL, &errors), -1);
    config_free(&c);
    buf_clear(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_means_the_defaults),
        cmocka_unit_test(every_type_is_taken),
        cmocka_unit_test(mistakes_are_told_with_file_line_key_and_remedy),
        cmocka_unit_test(all_mistakes_are_told_at_once),
        cmocka_unit_test(the_command_line_goes_first),
        cmocka_unit_test(addresses_are_taken_apart),
        cmocka_unit_test(origins_are_written_as_browsers_do),
        cmocka_unit_test(sites_are_put_right_or_refused),
        cmocka_unit_test(secrets_come_from_the_environment),
        cmocka_unit_test(settings_of_teams_mean_something),
        cmocka_unit_test(files_may_be_missing_unless_they_were_named),
        cmocka_unit_test(a_file_on_disk_is_read),
        cmocka_unit_test(the_example_file_is_the_table),
        cmocka_unit_test(any_bytes_end_in_settings_or_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
