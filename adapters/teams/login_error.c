#include "adapters/teams/login_error.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEW_SECRET "Make a new one in Entra (App registrations, the app, Certificates & secrets) " \
                   "and start the desk with it."

static const struct row {
    long number;
    bool lasting;
    const char *advice;
} rows[] = {
    { 700016, true,
      "The app is not in this tenant. A single-tenant app asks its own tenant: put that "
      "tenant's id first in TEAMS_TENANT_ID (\"botframework.com\" is right for old multi-tenant"
      " bots only), and check TEAMS_APP_ID." },
    { 90002, true,
      "There is no such tenant. TEAMS_TENANT_ID must begin with the Directory (tenant) ID from "
      "the app's overview in Entra." },
    { 900023, true,
      "This is no tenant id. TEAMS_TENANT_ID must begin with the Directory (tenant) ID from the"
      " app's overview in Entra." },
    { 7000215, true,
      "The client secret is wrong. TEAMS_APP_SECRET is the secret's Value, not its Secret ID. "
      "The value is shown once only; if it is lost, make a new one in Entra." },
    { 7000222, true,
      "The client secret has expired. " NEW_SECRET },
    { 7000216, true,
      "The login service got neither secret nor certificate. Set TEAMS_APP_SECRET or "
      "TEAMS_APP_CERTIFICATE." },
    { 7000218, true,
      "The login service got neither secret nor certificate. Set TEAMS_APP_SECRET or "
      "TEAMS_APP_CERTIFICATE." },
    { 700027, true,
      "The app does not know this certificate. Upload the certificate of TEAMS_APP_CERTIFICATE "
      "in Entra (App registrations, the app, Certificates & secrets)." },
    { 700024, true,
      "The certificate's signature is not valid at this time. Check this computer's clock." },
    { 700021, true,
      "The app id in the certificate's signature is refused. Check TEAMS_APP_ID." },
    { 700023, true,
      "The login service takes the certificate's signature as one for somebody else. Check "
      "TEAMS_LOGIN_URL." },
    { 7000112, true,
      "The app is disabled in this tenant. Enable it in Entra, under Enterprise applications." },
    { 7000229, true,
      "The app has no service principal in this tenant. Open it once in Entra, under Enterprise"
      " applications, or let an administrator consent to it." },
    { 1002012, true,
      "The login service does not know the scope. TEAMS_OPENID_METADATA_URL and TEAMS_LOGIN_URL"
      " must be of the same cloud." },
    { 70011, true,
      "The login service does not know the scope. TEAMS_OPENID_METADATA_URL and TEAMS_LOGIN_URL"
      " must be of the same cloud." },
    { 53003, true,
      "Conditional Access of the tenant blocks the app. Let an administrator except it, or "
      "allow this computer's address." },
    { 50196, true,
      "The login service says that it is asked too often." },
    { 90033, false,
      "The login service has a passing problem." },
    { 50000, false,
      "The login service has a passing problem." },
};

enum { SERVER_ERROR = 500, TOO_MANY = 429 };

static struct login_error row_of(long number)
{
    struct login_error e = { .lasting = true };
    snprintf(e.word, sizeof e.word, "AADSTS%ld", number);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].number == number) {
            e.advice = rows[i].advice;
            e.lasting = rows[i].lasting;
        }
    return e;
}

/* "error_codes": [700016], else "AADSTS700016: ..." in the description. 0: none. */
static long number_of(const json_t *json)
{
    const json_t *first = json_array_get(json_object_get(json, "error_codes"), 0);
    const char *text = json_string_value(json_object_get(json, "error_description"));
    const char *mark = text ? strstr(text, "AADSTS") : NULL;
    long number = json_is_integer(first) ? (long)json_integer_value(first)
                : mark ? strtol(mark + strlen("AADSTS"), NULL, 10) : 0;
    return number > 0 ? number : 0;
}

/* A word such as "invalid_client"; anything that is no plain word is not repeated. */
static void keep_word(const json_t *json, int status, char out[LOGIN_WORD_SIZE])
{
    const char *word = json_string_value(json_object_get(json, "error"));
    size_t len = word ? strspn(word, "abcdefghijklmnopqrstuvwxyz_") : 0;
    if (len && !word[len] && len < LOGIN_WORD_SIZE)
        snprintf(out, LOGIN_WORD_SIZE, "%s", word);
    else
        snprintf(out, LOGIN_WORD_SIZE, "%d", status);
}

struct login_error login_error_of(int status, const char *body, size_t len)
{
    json_t *json = json_loadb(body, len, JSON_REJECT_DUPLICATES, NULL);
    long number = number_of(json);
    struct login_error e = row_of(number);
    if (!number)
        keep_word(json, status, e.word);
    if (!e.advice)
        e.advice = "The login service does not give the desk a token. Look its code up on "
                   "https://login.microsoftonline.com/error";
    if (status >= SERVER_ERROR || status == TOO_MANY || (status >= 200 && status < 300)) {
        e.lasting = false;
        e.advice = "The login service does not answer as it should at the moment.";
    }
    json_decref(json);
    return e;
}
