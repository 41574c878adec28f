#include "adapters/chat/role.h"

#include <string.h>
#include <strings.h>

const char *chat_joining_role(const struct config_technicians *settings, const char *email)
{
    static const char *const roles[] = { NULL, "technician", "lead" };
    const struct text_list *domains = &settings->join_domains;
    const char *at = strrchr(email, '@');
    for (size_t i = 0; at && i < domains->count; i++)
        if (!strcasecmp(domains->items[i], at + 1))
            return roles[settings->join_role];
    return NULL;
}
