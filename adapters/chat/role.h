/* role.h - who may become a technician by themselves: by the domain of their mail address, as the
 * settings say. Pure; it proves nobody's address. */
#ifndef DESKHAND_CHAT_ROLE_H
#define DESKHAND_CHAT_ROLE_H

#include "bot/config.h"

/* "technician" or "lead"; NULL: an admin adds them. */
const char *chat_joining_role(const struct config_technicians *settings, const char *email);

#endif
