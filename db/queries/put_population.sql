-- Keep these populations, in the stead of those with the same key.
INSERT INTO population (
    municipality, layer, district, data
)
SELECT
    municipality, layer, district, data
FROM incoming
ON CONFLICT (municipality, layer, district) DO UPDATE SET
    data = excluded.data;
