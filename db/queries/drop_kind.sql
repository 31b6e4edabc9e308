-- Remove the kinds of these keys.
DELETE FROM kind
WHERE (municipality, key) IN (SELECT municipality, key FROM incoming);
