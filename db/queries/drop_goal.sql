-- Remove the goals of these keys.
DELETE FROM goal
WHERE (municipality, key) IN (SELECT municipality, key FROM incoming);
