-- The gazetteer of municipality $1; $2 is a pattern of the folded town.
SELECT data
FROM gazetteer
WHERE municipality = $1::VARCHAR AND town LIKE $2::VARCHAR ESCAPE '\'
ORDER BY town, block, id;
