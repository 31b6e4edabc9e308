-- Remove the times that groups were turned to of these keys.
DELETE FROM outreach
WHERE id IN (SELECT id FROM incoming);
