-- Remove the listings of these keys.
DELETE FROM listing
WHERE post IN (SELECT post FROM incoming);
