-- The desk: clients and their people, technicians, tickets with their two logs, effects, audit.
-- Words are stored as small integers of the enums in bot/desk/ticket.h and bot/engine/view.h.
-- What an ordinary message changes stands in no index: see bot/README.md, "Speed".

CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE client(
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    messenger INTEGER NOT NULL DEFAULT 1,
    triage INTEGER NOT NULL DEFAULT 0 CHECK(triage BETWEEN 0 AND 3),
    reminders INTEGER NOT NULL DEFAULT 0,
    vip INTEGER NOT NULL DEFAULT 0,
    hours TEXT NOT NULL DEFAULT 'always',
    brand TEXT NOT NULL DEFAULT '{}',
    embed TEXT NOT NULL DEFAULT '',
    created_ms INTEGER NOT NULL);

CREATE TABLE contact(
    id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES client(id),
    name TEXT, email TEXT, lang TEXT,
    attrs TEXT NOT NULL DEFAULT '{}',
    verified INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL);
CREATE INDEX contact_client ON contact(client_id, id);

CREATE TABLE token(
    hash BLOB PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact(id),
    client_id INTEGER NOT NULL,
    touched_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE technician(
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL,
    role INTEGER NOT NULL CHECK(role BETWEEN 0 AND 2),
    active INTEGER NOT NULL DEFAULT 1,
    created_ms INTEGER NOT NULL);
CREATE TABLE team(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE team_member(
    team_id INTEGER NOT NULL REFERENCES team(id),
    technician_id INTEGER NOT NULL REFERENCES technician(id),
    PRIMARY KEY(team_id, technician_id)) WITHOUT ROWID;

-- A link or code that signs in once, or an inbox session: only the hash is kept.
CREATE TABLE signin(
    hash BLOB PRIMARY KEY,
    technician_id INTEGER NOT NULL REFERENCES technician(id),
    session INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE ticket(
    id INTEGER PRIMARY KEY,
    conv TEXT NOT NULL UNIQUE,
    client_id INTEGER NOT NULL REFERENCES client(id),
    contact_id INTEGER NOT NULL REFERENCES contact(id),
    source TEXT NOT NULL,
    status INTEGER NOT NULL CHECK(status BETWEEN 0 AND 6),
    handler INTEGER NOT NULL CHECK(handler BETWEEN 0 AND 2),
    assignee_id INTEGER REFERENCES technician(id),
    team_id INTEGER REFERENCES team(id),
    priority INTEGER NOT NULL CHECK(priority BETWEEN 1 AND 4),
    subject TEXT NOT NULL DEFAULT '',
    category TEXT, type TEXT, subtype TEXT,
    needs_review INTEGER NOT NULL DEFAULT 0,
    snoozed_until_ms INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL,
    head INTEGER NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0,
    desk_read INTEGER NOT NULL DEFAULT 0,
    last_ms INTEGER NOT NULL,
    last_author INTEGER NOT NULL DEFAULT 0,
    last_text TEXT NOT NULL DEFAULT '',
    messages INTEGER NOT NULL DEFAULT 0,
    sentiment INTEGER NOT NULL DEFAULT 50 CHECK(sentiment BETWEEN 0 AND 100),
    alert INTEGER NOT NULL DEFAULT 0,
    lang TEXT, intent TEXT,
    reason INTEGER NOT NULL DEFAULT 0,
    summary TEXT, why TEXT,
    clarifies INTEGER NOT NULL DEFAULT 0,
    answers INTEGER NOT NULL DEFAULT 0,
    ai_lines INTEGER NOT NULL DEFAULT 0,
    ai_since_seq INTEGER NOT NULL DEFAULT 0,
    draft_id INTEGER NOT NULL DEFAULT 0,
    reminders INTEGER NOT NULL DEFAULT 0 CHECK(reminders BETWEEN 0 AND 5),
    last_reminder_ms INTEGER NOT NULL DEFAULT 0,
    waiting_since_ms INTEGER NOT NULL DEFAULT 0,
    outcome INTEGER NOT NULL DEFAULT 0,
    close_reason TEXT,
    created_ms INTEGER NOT NULL,
    first_response_ms INTEGER NOT NULL DEFAULT 0,
    resolved_ms INTEGER NOT NULL DEFAULT 0,
    closed_ms INTEGER NOT NULL DEFAULT 0,
    followup_of INTEGER REFERENCES ticket(id),
    lists INTEGER NOT NULL,
    sort_ms INTEGER NOT NULL,
    CHECK(handler <> 2 OR assignee_id IS NOT NULL),
    CHECK(status <> 6 OR (outcome > 0 AND resolved_ms > 0 AND closed_ms > 0)));
CREATE INDEX ticket_contact ON ticket(contact_id, id);
-- One partial index per list of the inbox; bit n of `lists` is enum list_view n. Lists of what waits
-- for somebody are ordered by urgency first: see store_view_list.c.
CREATE INDEX ticket_all ON ticket(sort_ms, id) WHERE lists & 1;
CREATE INDEX ticket_triage ON ticket((sort_ms + (4 - priority) * 100000000000000), id) WHERE lists & 2;
CREATE INDEX ticket_mine ON ticket(assignee_id, sort_ms, id) WHERE lists & 4;
CREATE INDEX ticket_unassigned ON ticket((sort_ms + (4 - priority) * 100000000000000), id) WHERE lists & 8;
CREATE INDEX ticket_review ON ticket((sort_ms + (4 - priority) * 100000000000000), id) WHERE lists & 16;
CREATE INDEX ticket_awaiting ON ticket(sort_ms, id) WHERE lists & 32;
CREATE INDEX ticket_snoozed ON ticket(sort_ms, id) WHERE lists & 64;
CREATE INDEX ticket_done ON ticket(sort_ms, id) WHERE lists & 128;

-- How many tickets stand in each list (of each technician for list 2).
CREATE TABLE list_count(
    list INTEGER NOT NULL, technician_id INTEGER NOT NULL, n INTEGER NOT NULL CHECK(n >= 0),
    PRIMARY KEY(list, technician_id)) WITHOUT ROWID;

-- How many tickets of each source stand in list 0.
CREATE TABLE source_count(source TEXT PRIMARY KEY, n INTEGER NOT NULL CHECK(n >= 0)) WITHOUT ROWID;

CREATE TABLE ticket_tag(
    ticket_id INTEGER NOT NULL REFERENCES ticket(id), tag TEXT NOT NULL,
    PRIMARY KEY(ticket_id, tag)) WITHOUT ROWID;

-- What the requester sees, numbered without holes. kind 0: message (author 0 contact, 1 technician,
-- 2 assistant, 3 system; act = enum triage_action of an assistant's line). kind 1: the visible state
-- (name = assignee, text = subject).
CREATE TABLE entry(
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    seq INTEGER NOT NULL CHECK(seq > 0),
    ts_ms INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK(kind BETWEEN 0 AND 1),
    author INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    act INTEGER NOT NULL,
    name TEXT, text TEXT, cid TEXT,
    status INTEGER, handler INTEGER,
    choices TEXT,
    PRIMARY KEY(ticket_id, seq)) WITHOUT ROWID;

-- Once only: a contact's message id is used once, for as long as the message exists.
CREATE TABLE sent(
    contact_id INTEGER NOT NULL, cid TEXT NOT NULL,
    ticket_id INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY(contact_id, cid)) WITHOUT ROWID;

-- The evidence of an answer: which article, in which version, and the words that were quoted.
CREATE TABLE cite(
    ticket_id INTEGER NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL,
    article_id INTEGER NOT NULL, title TEXT NOT NULL, url TEXT, quote TEXT NOT NULL,
    PRIMARY KEY(ticket_id, seq, n)) WITHOUT ROWID;

-- The internal log: notes, every change with its time, decisions of the assistant. A note lives
-- here and nowhere else, so it cannot reach a requester's surface.
CREATE TABLE event(
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket(id),
    ts_ms INTEGER NOT NULL,
    actor INTEGER NOT NULL, actor_id INTEGER NOT NULL, actor_name TEXT,
    kind TEXT NOT NULL, old TEXT, new TEXT, text TEXT);
CREATE INDEX event_ticket ON event(ticket_id, id);
-- A reminder has a number within its waiting period (old = since, new = number): never twice.
CREATE UNIQUE INDEX event_reminder ON event(ticket_id, old, new) WHERE kind = 'reminder';

CREATE TABLE outbox(
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    place TEXT NOT NULL,
    lane TEXT NOT NULL,
    ticket_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    data TEXT,
    state INTEGER NOT NULL CHECK(state BETWEEN 0 AND 4),  -- ready, sending, unclear, dead, held
    attempts INTEGER NOT NULL DEFAULT 0,
    due_ms INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    error TEXT);
CREATE INDEX outbox_lane ON outbox(lane, id) WHERE state < 3;
CREATE INDEX outbox_dead ON outbox(id) WHERE state >= 3;
-- One undelivered card per ticket and place, one open thought per ticket.
CREATE UNIQUE INDEX outbox_card ON outbox(ticket_id, place) WHERE kind = 0 AND state < 3;
CREATE UNIQUE INDEX outbox_think ON outbox(ticket_id) WHERE kind = 3;
CREATE TABLE remote(
    ticket_id INTEGER NOT NULL, place TEXT NOT NULL, remote_id TEXT NOT NULL,
    version INTEGER NOT NULL, PRIMARY KEY(ticket_id, place)) WITHOUT ROWID;

-- When something falls due: kind 0 reminder, 1 wake from snooze, 2 close what is resolved.
CREATE TABLE due(
    ticket_id INTEGER NOT NULL REFERENCES ticket(id), kind INTEGER NOT NULL,
    at_ms INTEGER NOT NULL, PRIMARY KEY(ticket_id, kind)) WITHOUT ROWID;
CREATE INDEX due_at ON due(at_ms);

-- The first result of an input that named itself: the same input again gives it back.
CREATE TABLE done(
    source TEXT NOT NULL, source_id TEXT NOT NULL,
    result INTEGER NOT NULL, ticket_id INTEGER NOT NULL, version INTEGER NOT NULL,
    id INTEGER NOT NULL, seq INTEGER NOT NULL, digest BLOB NOT NULL, text TEXT,
    PRIMARY KEY(source, source_id)) WITHOUT ROWID;

CREATE TABLE audit(
    id INTEGER PRIMARY KEY,
    ts_ms INTEGER NOT NULL,
    command INTEGER NOT NULL, source TEXT NOT NULL,
    actor INTEGER NOT NULL, actor_id INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL, version INTEGER NOT NULL,
    result INTEGER NOT NULL,
    digest BLOB NOT NULL,
    hash BLOB NOT NULL);

CREATE VIRTUAL TABLE ticket_fts USING fts5(text, content='', tokenize='unicode61');
CREATE TABLE fts_mark(ticket_id INTEGER PRIMARY KEY, seq INTEGER NOT NULL);

-- Promises that rows keep by themselves.
CREATE TRIGGER entry_silence BEFORE INSERT ON entry WHEN NEW.author = 2 AND NEW.kind = 0
    AND (SELECT handler FROM ticket WHERE id = NEW.ticket_id) <> 1
BEGIN SELECT RAISE(ABORT, 'no assistant text while the assistant does not handle the ticket'); END;
CREATE TRIGGER entry_cited BEFORE INSERT ON entry WHEN NEW.author = 2 AND NEW.act = 2
    AND NOT EXISTS (SELECT 1 FROM cite WHERE ticket_id = NEW.ticket_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'an answer needs a citation'); END;
CREATE TRIGGER cite_exists BEFORE INSERT ON cite
    WHEN NOT EXISTS (SELECT 1 FROM kb_article WHERE id = NEW.article_id)
BEGIN SELECT RAISE(ABORT, 'a citation names an article that exists'); END;
CREATE TRIGGER ticket_isolation BEFORE INSERT ON ticket
    WHEN (SELECT client_id FROM contact WHERE id = NEW.contact_id) <> NEW.client_id
BEGIN SELECT RAISE(ABORT, 'a ticket belongs to the client of its contact'); END;
CREATE TRIGGER ticket_stays BEFORE UPDATE OF client_id, contact_id, conv ON ticket
    WHEN NEW.client_id <> OLD.client_id OR NEW.contact_id <> OLD.contact_id OR NEW.conv <> OLD.conv
BEGIN SELECT RAISE(ABORT, 'a ticket never changes its client'); END;
CREATE TRIGGER contact_stays BEFORE UPDATE OF client_id ON contact
    WHEN NEW.client_id <> OLD.client_id
BEGIN SELECT RAISE(ABORT, 'a contact never changes its client'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE OF ticket_id, seq, kind, author, act ON entry
BEGIN SELECT RAISE(ABORT, 'who said what, and when, never changes'); END;
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
