-- Remove the laid-out occurrences of these places.
DELETE FROM occurrence
WHERE place IN (SELECT id FROM incoming);
