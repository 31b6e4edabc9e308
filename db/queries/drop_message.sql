-- Remove the messages of these keys.
DELETE FROM message
WHERE id IN (SELECT id FROM incoming);
