-- Note where the store stands in the journal: $1 number and $2 hash of the entry, $3 what the file holds apart from
-- its log, and $4 the version of the data.
INSERT INTO derived (name, value)
VALUES
    ('journal_seq', $1::VARCHAR),
    ('journal_head', $2::VARCHAR),
    ('journal_checkpoint', $3::VARCHAR),
    ('version', $4::VARCHAR)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
