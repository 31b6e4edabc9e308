-- Remove the accounts of these keys.
DELETE FROM account
WHERE id IN (SELECT id FROM incoming);
