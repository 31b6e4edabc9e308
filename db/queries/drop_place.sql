-- Remove the places of these keys.
DELETE FROM place
WHERE id IN (SELECT id FROM incoming);
