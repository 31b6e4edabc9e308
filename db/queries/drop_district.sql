-- Remove the districts of these keys.
DELETE FROM district
WHERE id IN (SELECT id FROM incoming);
