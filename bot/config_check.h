/* config_check.h - the rules between settings: addresses, public address, mail, bands, own words.
 * It reads no file (it only asks whether a time zone has one); the loader says where the key stands. */
#ifndef DESKHAND_CONFIG_CHECK_H
#define DESKHAND_CONFIG_CHECK_H

#include "bot/config.h"

/* key: of the file; "--listen" for the command line; "$NAME" for a variable of the environment. */
typedef void config_complain(void *context, const char *key, const char *what);

/* Takes the listening address apart (listen of the command line goes first, NULL: none) and calls
 * complain for everything that does not fit together. */
void config_check(struct config *c, const char *listen, config_complain *complain, void *context);

/* "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; 0, or -1 when it is not such an address. */
int config_listen_parse(const char *text, struct config_listen *out);

/* The origin of a web server as browsers write it: lower case, no path, default port left out; http
 * only for this machine. */
bool config_origin_is_valid(const char *url);

enum { CONFIG_SITE_MAX = 300 };

/* A site that may show the messenger, as a person types it (len bytes of text): its origin, also
 * with "*." before the host for all sites below it. Capital letters and one slash at the end are
 * put right in out. 0, or -1 when it is none. */
int config_site_parse(const char *text, size_t len, char out[CONFIG_SITE_MAX]);

#endif
