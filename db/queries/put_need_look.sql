-- Keep these looks at numbers of people in need, in the stead of those with the same key.
INSERT INTO need_look (
    id, municipality, made_us, data
)
SELECT
    id, municipality, made_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    municipality = excluded.municipality, made_us = excluded.made_us, data = excluded.data;
