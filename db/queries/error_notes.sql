-- What did readers report of place $1 or, where that is empty, of all?
SELECT data
FROM error_note
WHERE $1::VARCHAR = '' OR place = $1::VARCHAR
ORDER BY made_us, id;
