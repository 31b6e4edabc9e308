-- Keep these questions of residents, in the stead of those with the same key.
INSERT INTO enquiry (
    id, municipality, group_id, made_us, data
)
SELECT
    id, municipality, group_id, made_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    municipality = excluded.municipality, group_id = excluded.group_id, made_us = excluded.made_us,
    data = excluded.data;
