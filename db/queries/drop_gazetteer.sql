-- Remove the gazetteer points of these keys.
DELETE FROM gazetteer
WHERE id IN (SELECT id FROM incoming);
