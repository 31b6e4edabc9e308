-- Remove the reports of errors of these keys.
DELETE FROM error_note
WHERE id IN (SELECT id FROM incoming);
