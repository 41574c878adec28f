#include "bot/desk/plain.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "bot/base/text.h"

/* Control characters and what ends a line; text must be valid. */
static bool has_control(const char *text)
{
    for (uint32_t point; (point = text_next(&text));)
        if (point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 || point == 0x2029)
            return true;
    return false;
}

const char *name_wrong(const char *name)
{
    if (!text_is_valid(name, strlen(name)))
        return "is not UTF-8 text; write it in UTF-8";
    if (text_is_blank(name))
        return "is empty; write one";
    if (has_control(name))
        return "has a control character or a line break in it; take it out";
    if (text_length(name) > NAME_MAX_POINTS)
        return "is longer than 120 characters; shorten it";
    return NULL;
}

const char *email_wrong(const char *email)
{
    const char *at = strchr(email, '@');
    if (!text_is_valid(email, strlen(email)))
        return "is not UTF-8 text; write it in UTF-8";
    if (strlen(email) > EMAIL_MAX_BYTES)
        return "is longer than 254 bytes";
    if (has_control(email) || strpbrk(email, " <>,;\""))
        return "has a space or another character that none has; write it like mia@acme.example";
    if (!at || at == email || !at[1] || strchr(at + 1, '@'))
        return "needs one @ with something before and after it, like mia@acme.example";
    return NULL;
}
