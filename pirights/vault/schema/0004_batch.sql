-- Format 4. What the rows of a clinic's sheets became; in one run a key is made once.

CREATE TABLE batch_row (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL,
    key TEXT NOT NULL,
    ref TEXT NOT NULL REFERENCES "case" (ref),
    record TEXT NOT NULL,
    UNIQUE (run, key)
) STRICT;
CREATE INDEX batch_row_ref ON batch_row (ref);
