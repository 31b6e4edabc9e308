-- Lay these occurrences out.
INSERT INTO occurrence (place, day, starts_minute)
SELECT place, day, starts_minute
FROM incoming;
