-- Keep these imports, in the stead of those with the same key.
INSERT INTO batch (
    id, done_us, undone, data
)
SELECT
    id, done_us, undone, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    done_us = excluded.done_us, undone = excluded.undone, data = excluded.data;
