-- Remove the municipalities of these keys.
DELETE FROM municipality
WHERE code IN (SELECT code FROM incoming);
