/* login_error.h - what a refusal of the login service (Microsoft Entra) means, in a sentence for
 * whoever sets the desk up: one table. Pure. Source of the numbers: Microsoft's page "Microsoft
 * Entra authentication and authorization error codes". */
#ifndef DESKHAND_TEAMS_LOGIN_ERROR_H
#define DESKHAND_TEAMS_LOGIN_ERROR_H

#include <stdbool.h>
#include <stddef.h>

enum { LOGIN_WORD_SIZE = 48 };

struct login_error {
    char word[LOGIN_WORD_SIZE];     /* "AADSTS700016", "invalid_client", or "503" */
    const char *advice;             /* a sentence; never NULL */
    bool lasting;                   /* a person has to change something: no use in asking soon */
};

/* From the status and body of an answer that was no token. */
struct login_error login_error_of(int status, const char *body, size_t len);

#endif
