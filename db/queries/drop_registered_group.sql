-- Remove the groups of these keys.
DELETE FROM registered_group
WHERE id IN (SELECT id FROM incoming);
