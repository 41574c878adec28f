/* origin.h - where a URL leads: scheme, host, port, and whether we may go there. Pure; it resolves
 * nothing. It reads less than browsers do: what is unusual in a host is refused, not repaired. */
#ifndef DESKHAND_TEAMS_ORIGIN_H
#define DESKHAND_TEAMS_ORIGIN_H

#include <stdbool.h>

#include "adapters/teams/span.h"
#include "bot/base/list.h"

struct teams_origin {
    bool https;
    bool loopback;              /* "localhost", or an address that is loopback as it is written */
    struct teams_span host;     /* borrowed; IPv6 with its brackets */
    int port;                   /* 443 or 80 when none is named */
};

/* http and https, in lower case, without user, escapes or odd characters. 0 or -1. */
int teams_origin_parse(struct teams_span url, struct teams_origin *out);

/* Check 9: https, and the host is on the list; http for loopback hosts that are on the list. An
 * item is "host" (port 443; any port of a loopback host) or "host:port". A query or fragment is
 * refused, because paths are appended to a serviceUrl. An empty list allows nothing. */
bool teams_service_url_is_allowed(struct teams_span url, const struct text_list *hosts);

/* The hosts of the public and the US government clouds, for when no list is configured.
 * Source: the service URLs that Microsoft's Agents SDK knows. */
const struct text_list *teams_default_service_hosts(void);

/* May metadata at this URL name that jwks_uri? https on the same registrable domain; metadata from
 * a loopback host over http may name any loopback host. Registrable is judged without a list of
 * suffixes: the last two labels, three below such as co.uk. Addresses must be the same. */
bool teams_keys_url_is_allowed(struct teams_span metadata_url, struct teams_span jwks_url);

/* Who signs for the cloud that this metadata URL belongs to: check 4. The public cloud's for every
 * other host, loopback ones of tests included. Static. Source: Microsoft's own table of clouds. */
const char *teams_issuer_of(struct teams_span metadata_url);

#endif
