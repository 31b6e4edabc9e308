-- Keep these indicators, in the stead of those with the same key.
INSERT INTO indicator (
    municipality, key, sort, data
)
SELECT
    municipality, key, sort, data
FROM incoming
ON CONFLICT (municipality, key) DO UPDATE SET
    sort = excluded.sort, data = excluded.data;
