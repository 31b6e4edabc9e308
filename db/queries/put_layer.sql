-- Keep these layers, in the stead of those with the same key.
INSERT INTO layer (
    municipality, key, tier, sort, data
)
SELECT
    municipality, key, tier, sort, data
FROM incoming
ON CONFLICT (municipality, key) DO UPDATE SET
    tier = excluded.tier, sort = excluded.sort, data = excluded.data;
