/* ops.h - what machines ask about the desk: /healthz, /readyz, /metrics. No secrets, no texts. */
#ifndef DESKHAND_ADAPTERS_OPS_H
#define DESKHAND_ADAPTERS_OPS_H

#include "adapters/adapter.h"

extern const struct adapter ops_adapter;

/* The object of /readyz with its newline, for other doors. True when it says "ok". */
bool ops_write_ready(const struct adapter_host *host, struct buf *out);

#endif
