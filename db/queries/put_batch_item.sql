-- Keep these what imports changed, in the stead of those with the same key.
INSERT INTO batch_item (
    batch, number, record, key, before, after
)
SELECT
    batch, number, record, key, before, after
FROM incoming
ON CONFLICT (batch, number) DO UPDATE SET
    record = excluded.record, key = excluded.key, before = excluded.before, after = excluded.after;
