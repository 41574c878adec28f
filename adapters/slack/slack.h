/* slack.h - the Slack adapter: technicians work tickets from their channels, over Socket Mode.
 * README.md in this folder says what lives where. */
#ifndef DESKHAND_SLACK_H
#define DESKHAND_SLACK_H

#include "adapters/adapter.h"

extern const struct adapter slack_adapter;

#endif
