-- Keep these memberships, in the stead of those with the same key.
INSERT INTO membership (
    place, layer, district
)
SELECT
    place, layer, district
FROM incoming
ON CONFLICT (place, layer) DO UPDATE SET
    district = excluded.district;
