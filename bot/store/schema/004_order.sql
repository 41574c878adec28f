-- A card that was updated a moment ago waits for its own pace only: the rest of its lane may pass it.
ALTER TABLE outbox ADD COLUMN paced INTEGER NOT NULL DEFAULT 0;

-- A card that its platform does not let us change any more.
ALTER TABLE remote ADD COLUMN frozen INTEGER NOT NULL DEFAULT 0;
-- A card of a place that is gone: when the place comes back, so does the card.
ALTER TABLE remote ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;

-- Edits and deletions arrive in any order, also before what they change. The platform's own time of
-- the last one that counted, and what came too early (text NULL: a deletion).
ALTER TABLE said ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE TABLE said_early(
    place TEXT NOT NULL, remote_id TEXT NOT NULL,
    changed INTEGER NOT NULL, text TEXT, at_ms INTEGER NOT NULL,
    PRIMARY KEY(place, remote_id)) WITHOUT ROWID;
