-- Remove the imports of these keys.
DELETE FROM batch
WHERE id IN (SELECT id FROM incoming);
