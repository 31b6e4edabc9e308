-- Remove the questions of residents of these keys.
DELETE FROM enquiry
WHERE id IN (SELECT id FROM incoming);
