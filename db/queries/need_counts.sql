-- The numbers of people in need of municipality $1, the newest day first.
SELECT data
FROM need_count
WHERE municipality = $1::VARCHAR
ORDER BY as_of DESC, layer, district, category;
