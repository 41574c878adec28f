/* config_scan.h - finds what the parser of settings would swallow silently: numbers that it cuts to
 * 32 bits, and included files. It takes nothing from the file. */
#ifndef DESKHAND_CONFIG_SCAN_H
#define DESKHAND_CONFIG_SCAN_H

typedef void config_broken(void *context, unsigned line, const char *what);

/* Calls broken once for every such place. text is NUL-terminated. */
void config_scan(const char *text, config_broken *broken, void *context);

#endif
