-- Format 1. Each record is one row: its number, what it is looked up by, and the whole record as
-- canonical JSON. Numbers grow and are never given twice (AUTOINCREMENT).

CREATE TABLE about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL
) STRICT;

CREATE TABLE handler (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX handler_name ON handler (name);

CREATE TABLE encounter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX encounter_at ON encounter (at);

-- Which handlers were at which encounter.
CREATE TABLE presence (
    handler INTEGER NOT NULL REFERENCES handler (id),
    encounter INTEGER NOT NULL REFERENCES encounter (id),
    PRIMARY KEY (handler, encounter)
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_encounter ON presence (encounter);

-- Pairs of neighbouring letters; see search.py. Holds no text of its own.
CREATE VIRTUAL TABLE encounter_pairs USING fts5 (
    pairs, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

CREATE TABLE "case" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (id),
    handler INTEGER NOT NULL REFERENCES handler (id),
    record TEXT NOT NULL
) STRICT;
CREATE INDEX case_person ON "case" (person);
CREATE INDEX case_handler ON "case" (handler);

CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL REFERENCES "case" (ref),
    number INTEGER NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (ref, number)
) STRICT;

-- An empty ref: the reply waits in the inbox.
CREATE TABLE reply (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX reply_ref ON reply (ref);

CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL REFERENCES "case" (ref),
    record TEXT NOT NULL
) STRICT;
CREATE INDEX note_ref ON note (ref);

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX attachment_owner ON attachment (owner);

-- The bytes of an attachment, 1 MiB a piece, numbered from 0.
CREATE TABLE chunk (
    attachment INTEGER NOT NULL REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (attachment, number)
) STRICT;

-- The journal. `hash` is over every column but itself and the payload, whose digest it covers;
-- so a payload can be erased while the chain holds. `record`: which record the payload is the
-- new state of (such as encounter/1), or empty.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    zone TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    record TEXT NOT NULL,
    payload TEXT,
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_stands BEFORE UPDATE ON journal
WHEN NEW.payload IS NOT NULL
    OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.zone IS NOT OLD.zone
    OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject
    OR NEW.record IS NOT OLD.record OR NEW.salt IS NOT OLD.salt
    OR NEW.digest IS NOT OLD.digest OR NEW.previous IS NOT OLD.previous
    OR NEW.hash IS NOT OLD.hash
BEGIN
    SELECT RAISE(ABORT, 'a journal row can lose its payload and nothing else');
END;

CREATE TRIGGER journal_keeps BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal keeps every row');
END;
