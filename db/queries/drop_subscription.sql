-- Remove the subscriptions of these keys.
DELETE FROM subscription
WHERE id IN (SELECT id FROM incoming);
