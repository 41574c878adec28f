/* config_table.h - every key of the settings file: name, type, place, default, limits, help.
 * One table, so that the loader, its messages and the example file cannot disagree. */
#ifndef DESKHAND_CONFIG_TABLE_H
#define DESKHAND_CONFIG_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/buf.h"

enum config_type {
    CONFIG_INT,         /* int64_t */
    CONFIG_BOOL,        /* bool */
    CONFIG_TEXT,        /* const char *; min..max code points */
    CONFIG_WORD,        /* int: which of `words` */
    CONFIG_MINUTE,      /* int: "09:30" as minutes of the day */
    CONFIG_RATE,        /* struct config_rate: [count, window_ms]; min..max counts */
    CONFIG_NUMBERS,     /* struct number_list of 1..NUMBER_LIST_MAX values */
    CONFIG_TEXTS,       /* struct text_list of at most max texts */
    CONFIG_TYPES
};

struct config_row {
    const char *key;                    /* "limits.sockets" */
    enum config_type type;
    size_t offset;                      /* in struct config */
    const char *fallback;               /* as it would stand in the file */
    int64_t min, max;
    const char *words;                  /* of CONFIG_WORD, parted by one space */
    const char *help;
};

struct config_variable {
    const char *variable;               /* of the environment */
    size_t offset;                      /* in struct config: const char * */
    const char *fallback;               /* NULL: stays NULL when it is not set */
    bool secret;                        /* never shown in a log */
    const char *help;
};

extern const struct config_row config_rows[];
extern const size_t config_row_count;
extern const struct config_variable config_variables[];
extern const size_t config_variable_count;

/* The whole table as a settings file: with help and every line commented out, or bare and valid. */
void config_table_print(struct buf *out, bool commented);

/* The row of a key; NULL when there is none. */
const struct config_row *config_row_find(const char *key);

/* The key that is most like a mistyped one; NULL when none is near. */
const char *config_row_near(const char *key);

#endif
