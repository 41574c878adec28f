#include "adapters/teams/setup.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/ask.h"
#include "adapters/setup.h"
#include "adapters/teams/assertion.h"
#include "adapters/teams/jwks.h"
#include "adapters/teams/manifest.h"
#include "adapters/teams/origin.h"
#include "adapters/teams/token.h"
#include "bot/config.h"

enum { CALL_MS = 10000, TOKEN_MS = 20000, PACKAGE_MAX = 1 << 20, MANIFEST_MAX = 65536,
       TENANT_MAX = 256, URL_MAX = 2048, OK = 200, UNAUTHORIZED = 401, NOT_ALLOWED = 405,
       SERVER_ERROR = 500 };

static const char guide[] =
    "\n"
    "1. https://entra.microsoft.com, App registrations, \"New registration\": any name,\n"
    "   \"Accounts in this organizational directory only\". From its overview: the Application\n"
    "   (client) ID is TEAMS_APP_ID, the Directory (tenant) ID is TEAMS_TENANT_ID.\n"
    "2. There, Certificates & secrets, \"New client secret\": its Value (not its Secret ID) is\n"
    "   TEAMS_APP_SECRET. Or upload a certificate; TEAMS_APP_CERTIFICATE names a file with it and\n"
    "   its key. Give these to the desk in its environment, and start it again.\n"
    "3. https://portal.azure.com, create an \"Azure Bot\": type Single Tenant, \"Use existing app\n"
    "   registration\" with that Application ID. Configuration, Messaging endpoint:\n"
    "   %s/api/messages\n"
    "   Channels: add Microsoft Teams.\n"
    "4. Teams, Apps, \"Manage your apps\", \"Upload an app\": the package that this command\n"
    "   writes; add it to the team that shall see the tickets. (If uploading is not allowed: an\n"
    "   administrator does it in https://admin.teams.microsoft.com, Manage apps.) Then mention\n"
    "   @Deskhand in the channel that shall show them.\n\n";

/* ---- the settings themselves ---- */

#define SHARED_TENANT "botframework.com"       /* where multi-tenant bots get their token */

static void check_tenant(struct setup *s, const char *tenant, bool only)
{
    if (strcmp(tenant, SHARED_TENANT) != 0 && !teams_is_guid(tenant))
        setup_wrong(s, "\"%.80s\" is no tenant id: TEAMS_TENANT_ID is the Directory (tenant) ID on "
                    "the app's overview page, like 72f988bf-86f1-41af-91ab-2d7cd011db47.", tenant);
    else if (only && !strcmp(tenant, SHARED_TENANT))
        setup_wrong(s, "TEAMS_TENANT_ID names no tenant whose people may use the desk: put the "
                    "Directory (tenant) ID behind " SHARED_TENANT ", with a comma.");
}

static void check_tenants(struct setup *s, const char *list, char first[TENANT_MAX])
{
    const char *at = list + strspn(list, ", ");
    for (size_t len; (len = strcspn(at, ", ")) > 0; at += strspn(at, ", ")) {
        char tenant[TENANT_MAX];
        snprintf(tenant, sizeof tenant, "%.*s", (int)len, at);
        at += len;
        check_tenant(s, tenant, !*first && !at[strspn(at, ", ")]);
        if (!*first)
            snprintf(first, TENANT_MAX, "%s", tenant);
    }
}

static void check_ids(struct setup *s, char tenant[TENANT_MAX])
{
    int before = s->problems;
    setup_step(s, "App and tenant");
    if (!teams_is_guid(s->config->teams.app_id))
        setup_wrong(s, "TEAMS_APP_ID is no app id: it is the Application (client) ID on the app's "
                    "overview page, like 72f988bf-86f1-41af-91ab-2d7cd011db47.");
    check_tenants(s, s->config->teams.tenants, tenant);
    if (!*tenant)
        setup_wrong(s, "TEAMS_TENANT_ID names no tenant: it is the Directory (tenant) ID on the "
                    "app's overview page.");
    if (s->problems == before)
        setup_good(s, "The app is %s, its tenant %s.", s->config->teams.app_id, tenant);
}

/* ---- the desk's own token ---- */

static void token_came(void *ctx)
{
    ask_wake(ctx);
}

static void judge_token(struct setup *s, struct teams_token *token)
{
    const char *advice = NULL, *error = teams_token_error(token, &advice);
    if (!error)
        setup_good(s, "The login service gave the desk a token.");
    else
        setup_wrong(s, "The login service says %s. %s", error,
                    advice ? advice : "Check TEAMS_LOGIN_URL, the network and HTTPS_PROXY.");
}

/* NULL after saying why it cannot be read, when one is set. */
static struct teams_certificate *certificate(struct setup *s, bool *bad)
{
    const char *path = s->config->teams.app_certificate, *error = NULL;
    struct teams_certificate *c = path ? teams_certificate_load(path, &error) : NULL;
    *bad = path && !c;
    if (*bad)
        setup_wrong(s, "TEAMS_APP_CERTIFICATE, %s: %s", path, error ? error : "it cannot be read.");
    return c;
}

static void check_token(struct setup *s, const char *tenant)
{
    bool bad;
    char scope[URL_MAX];
    setup_step(s, "Token of the bot");
    struct teams_certificate *proof = certificate(s, &bad);
    if (bad)
        return;
    snprintf(scope, sizeof scope, "%s/.default",        /* so in every cloud */
             teams_issuer_of(teams_span_of(s->config->teams.metadata_url)));
    struct teams_token *token = teams_token_new(&(struct teams_token_settings){
        .loop = ask_loop(s->ask), .http = ask_client(s->ask), .tenant = tenant, .scope = scope,
        .login_url = s->config->teams.login_url, .app_id = s->config->teams.app_id,
        .secret = s->config->teams.app_secret, .certificate = proof });
    teams_token_listen(token, token_came, s->ask);
    if (!teams_token_header(token) && teams_token_is_coming(token) && !ask_wait(s->ask, TOKEN_MS))
        setup_wrong(s, "The login service does not answer: check TEAMS_LOGIN_URL, the network and "
                    "HTTPS_PROXY.");
    else
        judge_token(s, token);
    teams_token_free(token);
    ask_wait(s->ask, 0);                /* what the request under way still holds is given back */
}

/* ---- the keys of those who write to us ---- */

static bool fetch(struct setup *s, const char *url, const char *what, struct ask_answer *out)
{
    ask_send(s->ask, &(struct http_client_request){ .url = url, .total_ms = CALL_MS }, NULL, out);
    if (out->result != HTTP_CLIENT_ANSWERED)
        setup_wrong(s, "%s cannot be fetched from %s (%s): check the network, HTTPS_PROXY and "
                    "TEAMS_OPENID_METADATA_URL.", what, url,
                    *out->error ? out->error : http_client_result_name(out->result));
    else if (out->status != OK)
        setup_wrong(s, "%s answers %d where it should have %s: check TEAMS_OPENID_METADATA_URL.",
                    url, out->status, what);
    return out->result == HTTP_CLIENT_ANSWERED && out->status == OK;
}

static void check_key_set(struct setup *s, const char *url)
{
    struct ask_answer answer;
    if (fetch(s, url, "the keys", &answer)) {
        struct teams_jwks *set = teams_jwks_parse((struct teams_span){ answer.body.data,
                                                                       answer.body.len });
        if (set)
            setup_good(s, "The keys of the Bot Connector are there.");
        else
            setup_wrong(s, "There is no usable key at %s: check TEAMS_OPENID_METADATA_URL.", url);
        teams_jwks_free(set);
    }
    ask_answer_clear(&answer);
}

static void check_issuer(struct setup *s, const struct ask_answer *answer)
{
    json_t *json = json_loadb(answer->body.data, answer->body.len, JSON_REJECT_DUPLICATES, NULL);
    const char *issuer = json_string_value(json_object_get(json, "issuer"));
    const char *wanted = teams_issuer_of(teams_span_of(s->config->teams.metadata_url));
    if (!issuer || strcmp(issuer, wanted) != 0)
        setup_wrong(s, "The metadata is of the issuer %.100s, but tokens must be of %s: "
                    "TEAMS_OPENID_METADATA_URL is of another cloud or of another service.",
                    issuer ? issuer : "(none)", wanted);
    json_decref(json);
}

static void check_keys(struct setup *s)
{
    struct ask_answer answer;
    char keys_url[TEAMS_KEYS_URL_SIZE];
    const char *url = s->config->teams.metadata_url;
    setup_step(s, "Key server");
    if (fetch(s, url, "the metadata", &answer)) {
        check_issuer(s, &answer);
        struct teams_span text = { answer.body.data, answer.body.len };
        if (teams_metadata_parse(text, url, keys_url) == 0)
            check_key_set(s, keys_url);
        else
            setup_wrong(s, "%s is no OpenID metadata, or names keys of another domain: check "
                        "TEAMS_OPENID_METADATA_URL.", url);
    }
    ask_answer_clear(&answer);
}

/* ---- from outside ---- */

static void judge_door(struct setup *s, const char *url, const struct ask_answer *answer)
{
    if (answer->result != HTTP_CLIENT_ANSWERED)
        setup_wrong(s, "Nothing answers at %s (%s): is the desk running, and the proxy before it?",
                    url, *answer->error ? answer->error : http_client_result_name(answer->result));
    else if (answer->status == NOT_ALLOWED || answer->status == UNAUTHORIZED)
        setup_good(s, "The desk answers at %s.", url);
    else if (answer->status >= 300 && answer->status < 400)
        setup_wrong(s, "%s sends elsewhere (status %d): Teams does not follow, so the address must "
                    "be the final one.", url, answer->status);
    else if (answer->status >= SERVER_ERROR)
        setup_wrong(s, "The proxy at %s does not reach the desk (status %d): is the desk running, "
                    "and where the proxy looks for it?", url, answer->status);
    else
        setup_wrong(s, "%s answers %d, not 405: the proxy does not pass /api/messages to the desk, "
                    "or the desk was started without the TEAMS_ settings.", url, answer->status);
}

static void check_door(struct setup *s, const char *public_url)
{
    struct ask_answer answer;
    char url[URL_MAX];
    setup_step(s, "The desk from outside");
    snprintf(url, sizeof url, "%s/api/messages", public_url);
    ask_send(s->ask, &(struct http_client_request){ .url = url, .total_ms = CALL_MS }, NULL,
             &answer);
    judge_door(s, url, &answer);
    if (answer.result == HTTP_CLIENT_ANSWERED && !strncmp(url, "http://", 7))
        setup_note(s, "This address is good for a trial on this machine only: Teams needs https "
                   "and a name that the internet knows.");
    else
        setup_note(s, "Seen from this machine; Teams comes from the internet.");
    ask_answer_clear(&answer);
}

/* ---- all of it ---- */

static void write_package(struct setup *s, const char *public_url)
{
    struct buf json, text, zip;
    buf_init(&json, MANIFEST_MAX);
    buf_init(&text, MANIFEST_MAX);
    buf_init(&zip, PACKAGE_MAX);
    const struct teams_manifest m = { .app_id = s->config->teams.app_id, .public_url = public_url };
    if (teams_manifest(&m, &json) || setup_indent(&json, &text)
            || teams_package(text.data, text.len, &zip))
        setup_wrong(s, "The package does not fit: the address is too long.");
    else
        setup_write(s, "deskhand-teams.zip", zip.data, zip.len);
    buf_clear(&json);
    buf_clear(&text);
    buf_clear(&zip);
}

/* The address without a slash at its end; false after saying what is wrong with it. http:// is for
 * trials on this machine. */
static bool read_address(struct setup *s, char out[URL_MAX])
{
    struct teams_origin origin;
    int len = snprintf(out, URL_MAX, "%s", s->options->public_url);
    while (len > 0 && len < URL_MAX && out[len - 1] == '/')
        out[--len] = '\0';
    if (len > 0 && len < URL_MAX - 20 && teams_origin_parse(teams_span_of(out), &origin) == 0
            && (origin.https || origin.loopback))
        return true;
    if (!len)
        setup_wrong(s, "The address of the desk is not known: name it with --public-url "
                    "https://desk.example, or set public_url.");
    else
        setup_wrong(s, "%.100s is no address that Teams can reach: it begins with https://, then "
                    "the desk's name.", out);
    return false;
}

int teams_setup(const struct setup_options *options)
{
    struct setup s;
    char url[URL_MAX], tenant[TENANT_MAX] = "";
    const struct config_teams *teams = &options->config->teams;
    if (setup_open(&s, options))
        return EXIT_FAILURE;
    bool has_address = read_address(&s, url);
    if (has_address && teams->app_id && teams_is_guid(teams->app_id))
        write_package(&s, url);
    fprintf(s.words, guide, has_address ? url : "https://desk.example");
    if (!teams->app_id)
        setup_wrong(&s, "There is no package yet, because it names the app: set TEAMS_APP_ID "
                        "(step 1).");
    if (options->check && teams->app_id) {
        check_ids(&s, tenant);
        if (*tenant)
            check_token(&s, tenant);
        check_keys(&s);
        if (has_address)
            check_door(&s, url);
    }
    if (!options->check)
        fputs("Nothing is checked before the settings named above are right.\n", s.words);
    else if (!s.problems)
        fputs("\nAll is well. deskhand run connects; deskhand route set gives clients or teams a "
              "channel of their own.\n", s.words);
    return setup_close(&s);
}
