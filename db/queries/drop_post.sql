-- Remove the posts of these keys.
DELETE FROM post
WHERE id IN (SELECT id FROM incoming);
