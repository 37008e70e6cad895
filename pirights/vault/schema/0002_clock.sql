-- Format 2. What changes the clock of a case, and the provisional days that were shown.

CREATE TABLE adjustment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL REFERENCES "case" (ref),
    record TEXT NOT NULL
) STRICT;
CREATE INDEX adjustment_ref ON adjustment (ref);

CREATE TABLE told (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL REFERENCES "case" (ref),
    record TEXT NOT NULL
) STRICT;
CREATE INDEX told_ref ON told (ref);
