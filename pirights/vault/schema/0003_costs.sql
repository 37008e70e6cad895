-- Format 3. What a case has cost.

CREATE TABLE cost (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL REFERENCES "case" (ref),
    record TEXT NOT NULL
) STRICT;
CREATE INDEX cost_ref ON cost (ref);
