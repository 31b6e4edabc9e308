-- Remove the layers of these keys.
DELETE FROM layer
WHERE (municipality, key) IN (SELECT municipality, key FROM incoming);
