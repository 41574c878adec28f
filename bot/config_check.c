#include "bot/config_check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/desk/plain.h"
#include "bot/desk/zone.h"

#define DIGITS "0123456789"
#define HOST_CHARACTERS "abcdefghijklmnopqrstuvwxyz" DIGITS ".-"

struct check {
    struct config *config;
    config_complain *complain;
    void *context;
};

static void wrong(struct check *k, const char *key, const char *what)
{
    k->complain(k->context, key, what);
}

/* 1..65535 in the plainest form, or -1. */
static int port_parse(const char *text)
{
    size_t len = strlen(text);
    if (len < 1 || len > 5 || strspn(text, DIGITS) != len || *text == '0')
        return -1;
    int port = atoi(text);
    return port <= 65535 ? port : -1;
}

static bool is_ip(int family, const char *host)
{
    unsigned char address[sizeof(struct in6_addr)];
    return inet_pton(family, host, address) == 1;
}

static bool is_loopback(const char *host)
{
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, host, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, host, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

int config_listen_parse(const char *text, struct config_listen *out)
{
    const char *colon = strrchr(text, ':');
    if (!colon || (out->port = port_parse(colon + 1)) < 0)
        return -1;
    size_t len = (size_t)(colon - text);
    bool brackets = len >= 2 && text[0] == '[' && colon[-1] == ']';
    if (brackets) {
        text++;
        len -= 2;
    }
    if (len == 0 || len >= sizeof out->host)
        return -1;
    memcpy(out->host, text, len);
    out->host[len] = '\0';
    if (!brackets && strcmp(out->host, "localhost") == 0)
        memcpy(out->host, "127.0.0.1", sizeof "127.0.0.1");
    out->loopback = is_loopback(out->host);
    return is_ip(brackets ? AF_INET6 : AF_INET, out->host) ? 0 : -1;
}

static bool host_is_this_machine(const char *host, size_t len)
{
    char name[64];
    if (len >= sizeof name)
        return false;
    memcpy(name, host, len);
    name[len] = '\0';
    return strcmp(name, "localhost") == 0 || is_loopback(name);
}

/* Something between all dots, and none that begins or ends with a dash. */
static bool is_host_name(const char *host, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool first = i == 0 || host[i - 1] == '.', last = i + 1 == len || host[i + 1] == '.';
        if (host[i] == '.' ? first || i + 1 == len : host[i] == '-' && (first || last))
            return false;
    }
    return len > 0;
}

bool config_origin_is_valid(const char *url)
{
    bool secure = strncmp(url, "https://", 8) == 0;
    if (!secure && strncmp(url, "http://", 7) != 0)
        return false;
    const char *host = url + (secure ? 8 : 7), *end;
    size_t len;
    if (*host == '[') {
        host++;
        len = strspn(host, "0123456789abcdef:.");
        end = host + len;
        if (*end++ != ']')
            return false;
    } else {
        len = strspn(host, HOST_CHARACTERS);
        end = host + len;
        if (!is_host_name(host, len))
            return false;
    }
    int port = *end == ':' ? port_parse(end + 1) : *end ? -1 : 0;
    if (len == 0 || port < 0 || port == (secure ? 443 : 80))
        return false;
    return secure || host_is_this_machine(host, len);
}

int config_site_parse(const char *text, size_t len, char out[CONFIG_SITE_MAX])
{
    static const char wild[] = "https://*.";
    char plain[CONFIG_SITE_MAX];
    if (len > 0 && text[len - 1] == '/')
        len--;
    if (len >= CONFIG_SITE_MAX)
        return -1;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
    out[len] = '\0';
    if (strncmp(out, wild, strlen(wild)) != 0)
        return config_origin_is_valid(out) ? 0 : -1;
    /* A star stands for the sites below a name of somebody, so never for a whole "com". */
    snprintf(plain, sizeof plain, "https://%s", out + strlen(wild));
    return config_origin_is_valid(plain) && strchr(plain, '.') && plain[8] != '[' ? 0 : -1;
}

static bool is_network(const char *text)
{
    char host[64];
    size_t len = strcspn(text, "/");
    if (len >= sizeof host)
        return false;
    memcpy(host, text, len);
    host[len] = '\0';
    bool four = is_ip(AF_INET, host);
    if (!four && !is_ip(AF_INET6, host))
        return false;
    const char *bits = text + len;
    if (!*bits)
        return true;
    bits++;
    size_t digits = strlen(bits);
    return digits >= 1 && digits <= 3 && strspn(bits, DIGITS) == digits
           && atoi(bits) <= (four ? 32 : 128);
}

static void check_addresses(struct check *k, const char *listen)
{
    struct config *c = k->config;
    const char *key = listen ? "--listen" : "listen";
    if (listen)
        c->listen = arena_copy(&c->memory, listen);
    if (config_listen_parse(c->listen, &c->address))
        wrong(k, key, "not an address to listen on; write ADDRESS:PORT with a number address, like "
              "127.0.0.1:8080 or [::1]:8080");
    else if (!c->address.loopback && !*c->public_url)
        wrong(k, key, "listening beyond this machine needs public_url; set it in the settings file "
              "to the address that browsers use, like https://desk.example");
    if (*c->public_url && !config_origin_is_valid(c->public_url))
        wrong(k, "public_url", "not an address like https://desk.example; lower case, no path, no "
              "slash at the end, port 443 left out, http only for this machine");
    for (size_t i = 0; i < c->trusted_proxies.count; i++)
        if (!is_network(c->trusted_proxies.items[i]))
            wrong(k, "trusted_proxies", "holds something that is neither an address nor a network; "
                  "write them like 10.1.2.3 or 10.0.0.0/8");
}

static bool is_mail_server(const char *url)
{
    size_t scheme = strncmp(url, "smtps://", 8) == 0 ? 8 : strncmp(url, "smtp://", 7) == 0 ? 7 : 0;
    const char *host = url + scheme;
    size_t len =
        *host == '[' ? strspn(host, "[]0123456789abcdef:.") : strspn(host, HOST_CHARACTERS);
    if (!scheme || !len)
        return false;
    if (*host == '[')
        return !host[len];
    return !host[len] || (host[len] == ':' && port_parse(host + len + 1) > 0);
}

static void check_mail(struct check *k)
{
    const struct config_mail *mail = &k->config->mail;
    if (*mail->url && !is_mail_server(mail->url))
        wrong(k, "mail.url",
              "not a mail server; write smtps://HOST:PORT or smtp://HOST:PORT, without "
              "name and password");
    if (*mail->url && !*mail->from)
        wrong(k, "mail.from", "missing; mails need a sender, set it to an address like "
              "desk@desk.example");
    if (*mail->from && email_wrong(mail->from))
        wrong(k, "mail.from", "not a mail address; write it like desk@desk.example");
    if (*mail->username && !mail->password)
        wrong(k, "$DESKHAND_SMTP_PASSWORD",
              "missing, but mail.username is set; set this variable of "
              "the environment to the password");
}

static void check_triage(struct check *k)
{
    const struct config_triage *t = &k->config->triage;
    if (t->band_green <= t->band_yellow || t->band_yellow <= t->band_orange)
        wrong(k, "triage.band_yellow",
              "the bands overlap; band_green must be above band_yellow and "
              "that above band_orange");
}

static void check_limits(struct check *k)
{
    const struct config_limits *l = &k->config->limits;
    if (l->flood.count < l->frames.count)
        wrong(k, "limits.flood", "closes a socket before limits.frames answers it; make the count "
              "larger");
}

static void check_texts(struct check *k)
{
    for (size_t lang = 0; lang < REMINDER_LANGS; lang++) {
        const struct text_list *texts = &k->config->reminders.texts[lang];
        for (size_t i = 0; i < texts->count; i++)
            if (!reminder_text_is_valid(texts->items[i]))
                wrong(k, "reminder_texts", "a text has braces that mean nothing; only {name}, "
                      "{subject} and {question} are filled in");
    }
}

/* ---- chat surfaces, from the environment ---- */

/* "http://" reaches no further than this machine. */
static bool is_local_address(const char *url)
{
    return url[7] == '[' ? !strncmp(url + 7, "[::1]", 5)
                         : host_is_this_machine(url + 7, strcspn(url + 7, ":/"));
}

/* Names before an "@" would make another host look like this machine. */
static bool is_web_address(const char *url)
{
    if (strchr(url, '@'))
        return false;
    return !strncmp(url, "https://", 8) ? url[8] != '\0'
         : !strncmp(url, "http://", 7) && is_local_address(url);
}

static void need_web_address(struct check *k, const char *variable, const char *url)
{
    if (!is_web_address(url))
        wrong(k, variable, "not a web address; it begins with https://, and http:// is taken "
              "only for this machine (127.0.0.1, [::1], localhost)");
}

/* A line end that slipped in from a file, say, would otherwise only show as "cannot connect". */
static void need_one_word(struct check *k, const char *variable, const char *value)
{
    for (; value && *value; value++)
        if (*value <= ' ' || *value > '~') {
            wrong(k, variable, "holds a space, a line end or another character that does not "
                  "belong there; copy it again, as one word");
            return;
        }
}

static void check_slack(struct check *k)
{
    struct config_slack *s = &k->config->slack;
    need_one_word(k, "$SLACK_APP_TOKEN", s->app_token);
    need_one_word(k, "$SLACK_BOT_TOKEN", s->bot_token);
    need_one_word(k, "$SLACK_API_URL", s->api_url);
    if (strpbrk(s->api_url, "?#@"))
        wrong(k, "$SLACK_API_URL", "must be only scheme, host, port and path, like "
              "https://slack.com/api/");
    size_t len = strlen(s->api_url);
    if (s->app_token && !s->bot_token)
        wrong(k, "$SLACK_BOT_TOKEN", "missing, but SLACK_APP_TOKEN is set; it begins with xoxb- "
              "and stands in the app's settings under OAuth & Permissions");
    if (s->bot_token && !s->app_token)
        wrong(k, "$SLACK_APP_TOKEN", "missing, but SLACK_BOT_TOKEN is set; it begins with xapp- "
              "and is made in the app's settings under Basic Information, App-Level Tokens");
    if (s->app_token && !strncmp(s->app_token, "xox", 3))
        wrong(k, "$SLACK_APP_TOKEN", "this is another kind of token; the app-level token begins "
              "with xapp-");
    if (s->bot_token && !strncmp(s->bot_token, "xapp-", 5))
        wrong(k, "$SLACK_BOT_TOKEN", "this is the app-level token; the bot token begins with "
              "xoxb-");
    need_web_address(k, "$SLACK_API_URL", s->api_url);
    if (s->api_url[len - 1] != '/')
        s->api_url = arena_print(&k->config->memory, "%s/", s->api_url);
}

/* "host", "host:port", an IPv6 address in brackets. */
static bool is_host_item(const char *item, size_t len)
{
    char text[300], *end = text;
    snprintf(text, sizeof text, "%.*s", len < sizeof text ? (int)len : 0, item);
    bool six = *text == '[';
    end += six ? strcspn(text, "]") : strcspn(text, ":");
    if (six && *end++ != ']')
        return false;
    if (*end && (*end != ':' || port_parse(end + 1) < 0))
        return false;
    end[six ? -1 : 0] = '\0';
    return six ? is_ip(AF_INET6, text + 1) : is_host_name(text, strlen(text));
}

/* A list that means nothing would refuse everybody, silently. is_item may be NULL. */
static void need_list(struct check *k, const char *variable, const char *value, const char *others,
                      bool (*is_item)(const char *item, size_t len))
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" HOST_CHARACTERS;
    size_t count = 0;
    for (const char *at = value; at && *at; at++)
        if (!strchr(letters, *at) && !strchr(others, *at) && !strchr(", ", *at)) {
            wrong(k, variable, "holds a character that does not belong there; write plain names, "
                  "parted by commas, without https://, paths and stars");
            return;
        }
    for (const char *at = value; at && *(at += strspn(at, ", ")); at += strcspn(at, ", "), count++)
        if (is_item && !is_item(at, strcspn(at, ", "))) {
            wrong(k, variable, "holds something that is no host; write HOST or HOST:PORT, parted "
                  "by commas");
            return;
        }
    if (value && !count)
        wrong(k, variable, "names nothing; write at least one, more of them parted by commas");
}

static void check_teams_login(struct check *k)
{
    const struct config_teams *t = &k->config->teams;
    if (!t->app_secret && !t->app_certificate)
        wrong(k, "$TEAMS_APP_SECRET", "missing, but TEAMS_APP_ID is set; set it to the app's "
              "client secret, or TEAMS_APP_CERTIFICATE to a file");
    if (!t->tenants)
        wrong(k, "$TEAMS_TENANT_ID", "missing, but TEAMS_APP_ID is set; it is the tenant "
              "(directory) id on the app's overview page");
    need_one_word(k, "$TEAMS_APP_ID", t->app_id);
    need_one_word(k, "$TEAMS_APP_SECRET", t->app_secret);
    need_list(k, "$TEAMS_TENANT_ID", t->tenants, "_", NULL);
}

static void check_teams(struct check *k)
{
    const struct config_teams *t = &k->config->teams;
    if (!t->app_id && (t->app_secret || t->app_certificate))
        wrong(k, "$TEAMS_APP_ID", "missing, but a secret or certificate of the app is set; it is "
              "the application (client) id on the app's overview page");
    if (!t->app_id)
        return;
    check_teams_login(k);
    need_list(k, "$TEAMS_SERVICE_HOSTS", t->service_hosts, ":[]", is_host_item);
    need_web_address(k, "$TEAMS_OPENID_METADATA_URL", t->metadata_url);
    need_web_address(k, "$TEAMS_LOGIN_URL", t->login_url);
    if (strpbrk(t->login_url, "?#"))
        wrong(k, "$TEAMS_LOGIN_URL", "must be only scheme, host, port and path, like "
              "https://login.microsoftonline.com");
}

static void check_technicians(struct check *k)
{
    const struct config_technicians *t = &k->config->technicians;
    if (t->join_role != JOIN_NONE && !t->join_domains.count)
        wrong(k, "technicians.join_domains", "empty, but join_role is set; name the mail domains "
              "of your technicians, like [\"acme.example\"]");
}

static void check_weekly(struct check *k)
{
    char path[96];
    const char *zone = k->config->weekly.zone;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    if (strcmp(zone, "UTC") != 0 && (!zone_name_is_valid(zone) || access(path, R_OK)))
        wrong(k, "weekly.zone", "not a time zone that this machine knows; write it like "
              "Europe/Berlin, or UTC");
}

void config_check(struct config *c, const char *listen, config_complain *complain, void *context)
{
    struct check check = { c, complain, context };
    check_addresses(&check, listen);
    check_limits(&check);
    check_triage(&check);
    check_texts(&check);
    check_mail(&check);
    check_technicians(&check);
    check_weekly(&check);
    check_slack(&check);
    check_teams(&check);
}
