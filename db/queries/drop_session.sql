-- Remove the sign-ins of these keys.
DELETE FROM session
WHERE id IN (SELECT id FROM incoming);
