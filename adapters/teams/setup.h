/* setup.h - "deskhand setup teams": writes the app package, says what to do in Azure, and finds out
 * whether the settings work. It changes nothing at Microsoft. */
#ifndef DESKHAND_TEAMS_SETUP_H
#define DESKHAND_TEAMS_SETUP_H

struct setup_options;

/* The process's exit code: 0 when nothing is left to do. Waits for the network, and prints as it
 * goes. The settings are checked when TEAMS_APP_ID is set. */
int teams_setup(const struct setup_options *options);

#endif
