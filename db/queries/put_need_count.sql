-- Keep these numbers of people in need, in the stead of those with the same key.
INSERT INTO need_count (
    municipality, layer, district, category, as_of, data
)
SELECT
    municipality, layer, district, category, as_of, data
FROM incoming
ON CONFLICT (municipality, layer, district, category, as_of) DO UPDATE SET
    data = excluded.data;
