/* home.h - the home page of each technician in Slack: published when opened and when tickets change.
 * Private to this adapter. */
#ifndef DESKHAND_SLACK_HOME_H
#define DESKHAND_SLACK_HOME_H

#include "adapters/slack/slack_private.h"

/* A technician opened the page or clicked on it: remember what they want to see, and publish. */
void slack_home_open(struct slack_talk *talk, const struct technician_view *viewer);
/* Somebody who is no technician: the page says so. */
void slack_home_refuse(struct slack_talk *talk, const char *sentence);

#endif
