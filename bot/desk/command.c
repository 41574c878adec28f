#include "bot/desk/command.h"

#define WORD(id, word) word,

const char *command_word(enum command_kind kind)
{
    static const char *const words[] = { COMMAND_TABLE(WORD) };
    return kind < COMMANDS ? words[kind] : "unknown";
}

const char *result_word(enum result result)
{
    static const char *const words[] = { OUTCOME_TABLE(WORD) };
    return result < RESULTS ? words[result] : "unknown";
}

const char *actor_kind_code(enum actor_kind kind)
{
    static const char *const words[] = { "system", "contact", "technician", "assistant",
                                         "operator" };
    return kind < ACTOR_KINDS ? words[kind] : "unknown";
}
