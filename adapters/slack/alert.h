/* alert.h - alerts for one person, with the addresses of their tickets' cards: who reads an alert in a
 * direct message has to find the thread. It draws and posts nothing. Loop thread only. */
#ifndef DESKHAND_SLACK_ALERT_H
#define DESKHAND_SLACK_ALERT_H

#include "bot/base/arena.h"
#include "bot/engine/view.h"

struct slack;

/* alerts: a copy in the arena that was given; links: of each its card's address or NULL, there, too. */
typedef void slack_alerts_fn(void *ctx, const struct alert_view *alerts, const char *const *links,
                             size_t count);

/* fn comes exactly once, later or from inside this call. Everything is copied. The first few alerts of
 * a message get a link; an alert whose card cannot be found goes out without. */
void slack_alerts_link(struct slack *s, const struct alert_view *alerts, size_t count,
                       struct arena *arena, slack_alerts_fn *fn, void *ctx);

#endif
