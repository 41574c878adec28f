/* reader.h - a read-only connection for views, outside a running engine too (command line, tests). */
#ifndef DESKHAND_ENGINE_READER_H
#define DESKHAND_ENGINE_READER_H

#include "bot/engine/view.h"

/* Opens data_dir/desk.db read-only. NULL with *error set (caller frees): no desk there, or unreadable.
 * Works while the desk runs and also when it does not. */
struct reader *reader_open(const char *data_dir, char **error);
void reader_close(struct reader *r);

/* One consistent picture over several views; deadline in milliseconds from now, 0 = none. */
void reader_begin(struct reader *r, int deadline_ms);
void reader_end(struct reader *r);

#endif
