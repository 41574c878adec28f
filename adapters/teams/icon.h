/* icon.h - the two pictures of the app package, drawn here: a speech bubble with dots. Pure.
 * It draws nothing else, and reads no pictures. */
#ifndef DESKHAND_TEAMS_ICON_H
#define DESKHAND_TEAMS_ICON_H

#include "bot/base/buf.h"

enum { ICON_COLOR_SIZE = 192, ICON_OUTLINE_SIZE = 32 };

/* Add a PNG: white on the accent colour, 192 by 192; white lines on nothing, 32 by 32. */
void icon_color(struct buf *out);
void icon_outline(struct buf *out);

#endif
