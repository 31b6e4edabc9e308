-- Remove the memberships of these places.
DELETE FROM membership
WHERE place IN (SELECT id FROM incoming);
