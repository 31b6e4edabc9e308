-- Remove the links that work once of these keys.
DELETE FROM one_time_link
WHERE id IN (SELECT id FROM incoming);
