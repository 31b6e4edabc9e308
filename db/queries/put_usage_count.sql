-- Keep these numbers of use, in the stead of those with the same key.
INSERT INTO usage_count (
    about, day, use, data
)
SELECT
    about, day, use, data
FROM incoming
ON CONFLICT (about, day, use) DO UPDATE SET
    data = excluded.data;
