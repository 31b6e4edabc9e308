-- Remove the numbers of use of these keys.
DELETE FROM usage_count
WHERE (about, day, use) IN (SELECT about, day::DATE, use FROM incoming);
