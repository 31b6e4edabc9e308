-- The groups of municipality $1 or, where that is empty, of all.
SELECT data
FROM registered_group
WHERE $1::VARCHAR = '' OR municipality = $1::VARCHAR
ORDER BY sort_name, id;
