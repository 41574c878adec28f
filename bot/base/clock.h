/* clock.h - the only place that reads the time. Pure code gets the time as an argument instead. */
#ifndef DESKHAND_BASE_CLOCK_H
#define DESKHAND_BASE_CLOCK_H

#include <stdint.h>

int64_t clock_now_ms(void);          /* unix milliseconds; follows clock jumps */
int64_t clock_steady_us(void);       /* microseconds since some start; never jumps */

#endif
