-- Remove the failed sign-ins of these keys.
DELETE FROM sign_in_try
WHERE id IN (SELECT id FROM incoming);
