/* control.h - the desk's own door for the command line: DIR/desk.sock takes one command of
 * administration per connection and gives its outcome. Reads do not come here, the file is open. */
#ifndef DESKHAND_CONTROL_CONTROL_H
#define DESKHAND_CONTROL_CONTROL_H

#include "adapters/adapter.h"

extern const struct adapter control_adapter;

#endif
