-- The people of the districts of municipality $1, of layer $2 or, where that is empty, of all.
SELECT data
FROM population
WHERE municipality = $1::VARCHAR AND ($2::VARCHAR = '' OR layer = $2::VARCHAR)
ORDER BY layer, district;
