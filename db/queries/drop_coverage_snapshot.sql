-- Remove the snapshots of coverage of these keys.
DELETE FROM coverage_snapshot
WHERE (municipality, day, standard, district) IN (
    SELECT municipality, day::DATE, standard, district FROM incoming
);
