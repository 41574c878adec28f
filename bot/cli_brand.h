/* cli_brand.h - the looks of a client's messenger as a JSON object, changed option by option. */
#ifndef DESKHAND_CLI_BRAND_H
#define DESKHAND_CLI_BRAND_H

#include "bot/cli_private.h"

/* Puts --color, --bot, --greeting and --away into the object `before` (NULL: none yet). *out stays
 * NULL when none was given. 0, or the exit code after complaining. */
int cli_brand(struct cli *c, const char *before, const char **out);

#endif
