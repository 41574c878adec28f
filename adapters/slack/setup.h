/* setup.h - "deskhand setup slack": writes the app's manifest, says where the two tokens come from,
 * and finds out whether they work. It changes nothing at Slack. */
#ifndef DESKHAND_SLACK_SETUP_H
#define DESKHAND_SLACK_SETUP_H

struct setup_options;

/* The process's exit code: 0 when nothing is left to do. Waits for the network, and prints as it
 * goes. The tokens are checked when both are set. */
int slack_setup(const struct setup_options *options);

#endif
