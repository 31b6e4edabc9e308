-- Keep these gazetteer points, in the stead of those with the same key.
INSERT INTO gazetteer (
    id, municipality, town, block, data
)
SELECT
    id, municipality, town, block, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    municipality = excluded.municipality, town = excluded.town, block = excluded.block,
    data = excluded.data;
