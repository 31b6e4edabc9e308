-- Remove the standards of these keys.
DELETE FROM standard
WHERE (municipality, key) IN (SELECT municipality, key FROM incoming);
