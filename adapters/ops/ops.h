/* ops.h - what machines ask about the desk: /healthz, /readyz, /metrics. No secrets, no texts. */
#ifndef DESKHAND_ADAPTERS_OPS_H
#define DESKHAND_ADAPTERS_OPS_H

#include "adapters/adapter.h"

extern const struct adapter ops_adapter;

#endif
