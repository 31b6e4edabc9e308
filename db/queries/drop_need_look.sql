-- Remove the looks at numbers of people in need of these keys.
DELETE FROM need_look
WHERE id IN (SELECT id FROM incoming);
