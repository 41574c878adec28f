-- Chat surfaces: which channel shows whose tickets, which account is which technician, what was said
-- where, and inputs that wait until their sender is known.

-- The channel of a surface for a client, a team, or (0, 0) for everything else.
CREATE TABLE route(
    surface TEXT NOT NULL,
    client_id INTEGER NOT NULL DEFAULT 0,
    team_id INTEGER NOT NULL DEFAULT 0,
    place TEXT NOT NULL,
    replies INTEGER NOT NULL DEFAULT 0,       -- a line in a ticket's thread is a reply, not a note
    PRIMARY KEY(surface, client_id, team_id)) WITHOUT ROWID;

-- What an adapter has to remember of a place to write there: JSON of its own.
CREATE TABLE place(place TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;

-- "slack:T024BE7LD/U2147483697" is this technician.
CREATE TABLE person(
    account TEXT PRIMARY KEY,
    technician_id INTEGER NOT NULL REFERENCES technician(id)) WITHOUT ROWID;
CREATE INDEX person_technician ON person(technician_id, account);

-- A message on a surface that became a note (event_id) or a reply (seq).
CREATE TABLE said(
    place TEXT NOT NULL, remote_id TEXT NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    event_id INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY(place, remote_id)) WITHOUT ROWID;

-- Inputs that were acknowledged before their sender was known; applied or forgotten later.
CREATE TABLE input_kept(
    source TEXT NOT NULL, source_id TEXT NOT NULL,
    raw TEXT NOT NULL, at_ms INTEGER NOT NULL,
    PRIMARY KEY(source, source_id)) WITHOUT ROWID;

-- An earlier try of this effect may have arrived: it is looked for before it is repeated.
ALTER TABLE outbox ADD COLUMN unclear INTEGER NOT NULL DEFAULT 0;

-- A thread is found by its first message.
CREATE INDEX remote_thread ON remote(place, remote_id);
-- A note goes to the customer at most once.
CREATE UNIQUE INDEX event_note_sent ON event(ticket_id, old) WHERE kind = 'note_sent';
-- Inputs of chat surfaces repeat within hours: their results are forgotten after a month.
ALTER TABLE done ADD COLUMN at_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX done_at ON done(at_ms) WHERE at_ms > 0;

-- Requesters are found by mail address, within a client and across all.
CREATE INDEX contact_email ON contact(email COLLATE NOCASE, client_id) WHERE email IS NOT NULL;
-- The weekly summary and the tickets behind its numbers. Nothing an ordinary message changes.
CREATE INDEX ticket_created ON ticket(created_ms);
CREATE INDEX ticket_solved_ai ON ticket(resolved_ms) WHERE outcome = 1;
CREATE INDEX event_handoff ON event(ts_ms, ticket_id) WHERE kind = 'handoff';
-- What is taken away once a day.
CREATE INDEX token_expires ON token(expires_ms);
