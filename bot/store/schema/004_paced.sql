-- A card that was updated a moment ago waits for its own pace only: the rest of its lane may pass it.
ALTER TABLE outbox ADD COLUMN paced INTEGER NOT NULL DEFAULT 0;
