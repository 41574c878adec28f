/* reader_private.h - what a reader is, for bot/engine and the views in bot/store. */
#ifndef DESKHAND_ENGINE_READER_PRIVATE_H
#define DESKHAND_ENGINE_READER_PRIVATE_H

#include "bot/engine/reader.h"
#include "bot/store/db.h"

struct reader { struct db *db; };

#endif
