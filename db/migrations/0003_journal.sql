-- Every version of the records that can be gone back to: seq is the number of the journal's entry, at_us microseconds
-- since 1970 in UTC, data the record as JSON, empty where it was removed; key: its parts with slashes between them.
-- Of the journal itself, derived notes journal_seq, journal_head and journal_checkpoint (what the file held of it,
-- apart from the log, at least).

CREATE TABLE history (
    record VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    seq BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    who VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (record, key, seq)
);
