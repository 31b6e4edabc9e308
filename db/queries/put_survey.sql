-- Keep these surveys, in the stead of those with the same key.
INSERT INTO survey (
    district, standard, municipality, data
)
SELECT
    district, standard, municipality, data
FROM incoming
ON CONFLICT (district, standard) DO UPDATE SET
    municipality = excluded.municipality, data = excluded.data;
