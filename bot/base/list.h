/* list.h - short lists of texts and numbers, as settings have them. It owns nothing: the items are
 * borrowed from whoever filled the list. */
#ifndef DESKHAND_BASE_LIST_H
#define DESKHAND_BASE_LIST_H

#include <stddef.h>
#include <stdint.h>

enum { NUMBER_LIST_MAX = 5 };

struct text_list {
    const char *const *items;      /* ends with NULL behind the last item; NULL when never filled */
    size_t count;
};

struct number_list {
    int64_t items[NUMBER_LIST_MAX];
    size_t count;
};

#endif
