-- Remove the memberships of these keys.
DELETE FROM membership
WHERE (place, layer) IN (SELECT place, layer FROM incoming);
