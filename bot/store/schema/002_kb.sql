-- Knowledge: articles in versions and their passages, with two full-text indexes over the passages.
-- kb_terms holds stems of the article's language (pairs of signs where a script has no spaces), cut by
-- bot/base/terms.c for articles and questions alike; kb_trigrams holds the text itself, for compounds,
-- inflections and typing errors.
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
    article_id INTEGER NOT NULL REFERENCES kb_article(id),
    heading TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    terms TEXT NOT NULL,                           -- as indexed, to be taken out the same way
    whole TEXT NOT NULL);
CREATE INDEX kb_passage_article ON kb_passage(article_id);
CREATE VIRTUAL TABLE kb_terms USING fts5(terms, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE kb_terms_known USING fts5vocab(kb_terms, row);
CREATE VIRTUAL TABLE kb_trigrams USING fts5(whole, content='', tokenize='trigram');
CREATE VIRTUAL TABLE kb_trigrams_known USING fts5vocab(kb_trigrams, row);
