/* notify.h - tells the service manager how we are (sd_notify(3)); silent without one. */
#ifndef DESKHAND_BASE_NOTIFY_H
#define DESKHAND_BASE_NOTIFY_H

#include <stdint.h>

/* "READY=1", "STOPPING=1", "WATCHDOG=1". */
void notify_send(const char *state);

/* How often the manager wants "WATCHDOG=1", half of its limit; 0 = it does not. */
int64_t notify_watchdog_ms(void);

#endif
