/* assets_table.h - what assets.sh makes and assets.c reads. */
#ifndef DESKHAND_NET_ASSETS_TABLE_H
#define DESKHAND_NET_ASSETS_TABLE_H

#include "adapters/net/assets.h"

extern const struct asset asset_table[];
extern const size_t asset_table_count;

#endif
