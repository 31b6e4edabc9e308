-- Keep these snapshots of coverage, in the stead of those with the same key.
INSERT INTO coverage_snapshot (
    municipality, day, standard, district, data
)
SELECT
    municipality, day, standard, district, data
FROM incoming
ON CONFLICT (municipality, day, standard, district) DO UPDATE SET
    data = excluded.data;
