#include "adapters/chat/words.h"

#include <string.h>
#include <strings.h>

#include "adapters/chat/answer.h"
#include "cards/card.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define SPACE " \t\r\n"

enum takes { NOTHING, WORDS, NUMBER };

static const struct word {
    const char *word;
    enum chat_words_kind kind;
    enum takes takes;
} words[] = {
    { "help", CHAT_HELP, NOTHING },  { "mine", CHAT_MINE, NOTHING },
    { "next", CHAT_NEXT, NOTHING },  { "queue", CHAT_QUEUE, NOTHING },
    { "new", CHAT_NEW, WORDS },      { "find", CHAT_FIND, WORDS },
    { "search", CHAT_FIND, WORDS },  { "ticket", CHAT_TICKET, NUMBER },
    { "show", CHAT_TICKET, NUMBER }, { "open", CHAT_TICKET, NUMBER },
};

/* "42", "#42" or "T-42"; 0: it is none. */
static int64_t ticket_number(const char *text)
{
    size_t sign = *text == '#' ? 1 : !strncasecmp(text, "t-", 2) ? 2 : 0;
    int64_t number = chat_number(text + sign);
    return number > 0 ? number : 0;
}

/* The word's length without the sign behind it that people put there: "help!" "new: ..." */
static size_t bare_length(const char *text)
{
    size_t len = strcspn(text, SPACE);
    while (len > 1 && strchr(".,:;!?", text[len - 1]))
        len--;
    return len;
}

static const struct word *find(const char *text, size_t len)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (strlen(words[i].word) == len && !strncasecmp(words[i].word, text, len))
            return &words[i];
    return NULL;
}

/* "claim 42" would be looked for as words, and whoever wrote it would wait for something to happen:
 * what a ticket's card does is known by its first word. */
static bool is_like_command(const char *text, size_t len)
{
    static const char *const more[] = { "assign", "take", "answer", "unclaim", "edit",
                                        "delete", "merge", "status", "list", "tickets" };
    char word[24] = "";
    if (find(text, len))
        return true;
    if (len >= sizeof word)
        return false;
    for (size_t i = 0; i < len; i++)
        word[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
    for (size_t i = 0; i < COUNT(more); i++)
        if (!strcmp(more[i], word))
            return true;
    return card_action_parse(word) >= 0;
}

/* What stands behind the word fits what it takes. */
static bool take(const struct word *word, const char *behind, struct chat_words *out)
{
    int64_t number = word->takes == NUMBER ? ticket_number(behind) : 0;
    if ((word->takes == NOTHING && *behind) || (word->takes == NUMBER && !number))
        return false;
    *out = (struct chat_words){ .kind = word->kind, .number = number,
                                .text = word->takes == WORDS && *behind ? behind : NULL };
    return true;
}

void chat_words_read(const char *text, struct arena *a, struct chat_words *out)
{
    text += strspn(text, SPACE);
    size_t len = strlen(text);
    while (len && strchr(SPACE, text[len - 1]))
        len--;
    const char *said = arena_copy_n(a, text, len);
    size_t first = bare_length(said);
    const char *behind = said + strcspn(said, SPACE);
    behind += strspn(behind, SPACE);
    const struct word *word = find(said, first);
    int64_t number = ticket_number(said);
    *out = (struct chat_words){ .kind = CHAT_FREE, .text = said };
    if (number)
        *out = (struct chat_words){ .kind = CHAT_TICKET, .number = number };
    else if (!len)
        *out = (struct chat_words){ .kind = CHAT_HELP };
    else if (word)
        take(word, behind, out);
    if (out->kind == CHAT_FREE && is_like_command(said, first))
        out->hint = "What can be done with a ticket is done with the buttons of its card. Write "
                    "help to see what you can write. Your words were looked for:";
}
