-- Lay these occurrences out.
INSERT INTO occurrence (place, day, starts_minute, cancelled)
SELECT place, day, starts_minute, cancelled
FROM incoming;
