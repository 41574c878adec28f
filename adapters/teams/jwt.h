/* jwt.h - what a token says, and whether that fits the activity it came with: checks 1 to 9. Pure:
 * the time is an input. It knows no keys: nothing here says that the token is genuine. */
#ifndef DESKHAND_TEAMS_JWT_H
#define DESKHAND_TEAMS_JWT_H

#include <stdint.h>

#include "adapters/teams/span.h"
#include "adapters/teams/verdict.h"
#include "bot/base/arena.h"
#include "bot/base/list.h"

enum { TEAMS_HEADER_MAX = 8192, TEAMS_KID_MAX = 256, TEAMS_SKEW_S = 300 };

/* What the desk expects. All borrowed, for as long as whoever got it lives. */
struct teams_rules {
    struct teams_span app_id, issuer;
    struct teams_span channel;              /* "msteams" */
    const struct text_list *service_hosts;  /* origin.h says how an item is read */
    const struct text_list *tenants;        /* allowed tenant ids */
};

/* What the body says. A member that is missing or null is absent; one that is there but no string
 * is empty (bytes "", len 0), so that it is refused and not passed over. */
struct teams_facts {
    struct teams_span service_url, channel_id;
    struct teams_span conversation_tenant;  /* conversation.tenantId */
    struct teams_span channel_data_tenant;  /* channelData.tenant.id */
};

struct teams_claim_time {
    bool present, is_number;
    double at_s;                            /* unix seconds, as JSON numbers are */
};

/* Lives in the arena it was parsed with. Claims that are missing or no string are absent. */
struct teams_jwt {
    struct teams_span token;                /* as received, all three segments */
    struct teams_span signed_part;          /* the first two with their dot */
    struct teams_span signature;            /* bytes */
    struct teams_span kid;
    struct teams_span issuer, audience, service_url;
    struct teams_claim_time expires, not_before;
};

/* Checks 1 to 3. authorization: the value of the first such header; count: how many there were. */
enum teams_verdict teams_jwt_parse(struct teams_span authorization, size_t count, struct arena *a,
                                   struct teams_jwt *out);

/* Checks 4 to 9, in their order. facts NULL: the body is no activity, so only 4 to 6. */
enum teams_verdict teams_jwt_check(const struct teams_jwt *token, const struct teams_rules *rules,
                                   const struct teams_facts *facts, int64_t now_ms);

/* Strict base64url (RFC 4648 section 5): no padding, no white space, no stray bits at the end.
 * Absent when it is not that; the bytes live in the arena. */
struct teams_span teams_base64url(struct teams_span text, struct arena *a);

#endif
