-- Knowledge: articles in versions and their passages, with two full-text indexes over the same text:
-- stemmed words for English, trigrams for every other language.
CREATE TABLE kb_article(
    id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL DEFAULT 0,          -- 0: for all clients
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL DEFAULT 'en',
    url TEXT,
    text TEXT NOT NULL,
    hash BLOB NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    enabled INTEGER NOT NULL DEFAULT 1,
    updated_ms INTEGER NOT NULL,
    UNIQUE(client_id, path));
CREATE TABLE kb_passage(
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES kb_article(id) ON DELETE CASCADE,
    heading TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL);
CREATE INDEX kb_passage_article ON kb_passage(article_id);
CREATE VIRTUAL TABLE kb_words USING fts5(title, heading, text, content='',
    tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE kb_trigrams USING fts5(title, heading, text, content='',
    tokenize='trigram');
