-- Remove the indicators of these keys.
DELETE FROM indicator
WHERE (municipality, key) IN (SELECT municipality, key FROM incoming);
