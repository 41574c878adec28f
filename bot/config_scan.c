#include "bot/config_scan.h"

#include <stdbool.h>
#include <string.h>

enum { DIGITS_MAX = 9, LONG_DIGITS_MAX = 18 };
#define WORD_CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.*-"

static const char *behind_comment(const char *at)
{
    if (*at == '#' || (at[0] == '/' && at[1] == '/'))
        return at + strcspn(at, "\n");
    const char *end = strstr(at + 2, "*/");
    return end ? end + 2 : at + strlen(at);
}

static const char *behind_string(const char *at)
{
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1])
            at++;
    return *at ? at + 1 : at;
}

/* libconfig cuts large numbers to 32 bits without a word. */
static bool number_fits(const char *word, size_t len)
{
    if (*word < '0' || *word > '9')
        return true;
    return len <= DIGITS_MAX || (word[len - 1] == 'L' && len <= LONG_DIGITS_MAX + 1);
}

void config_scan(const char *text, config_broken *broken, void *context)
{
    unsigned line = 1;
    const char *next;
    for (const char *at = text; *at; at = next) {
        next = at + 1;
        size_t word = strspn(at, WORD_CHARACTERS);
        if (*at == '#' || (*at == '/' && (at[1] == '/' || at[1] == '*')))
            next = behind_comment(at);
        else if (*at == '"')
            next = behind_string(at);
        else if (word)
            next = at + word;
        if (word && !number_fits(*at == '-' ? at + 1 : at, *at == '-' ? word - 1 : word))
            broken(context, line,
                   "a number is too large; write at most 9 digits, or up to 18 and an L");
        if (*at == '@')
            broken(context, line, "@include is not read; keep all settings in one file");
        for (const char *c = at; c < next; c++)
            line += *c == '\n';
    }
}
