-- Keep these groups, in the stead of those with the same key.
INSERT INTO registered_group (
    id, municipality, sort_name, data
)
SELECT
    id, municipality, sort_name, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    municipality = excluded.municipality, sort_name = excluded.sort_name, data = excluded.data;
