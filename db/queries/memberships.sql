-- In which district of each layer does place $1 lie?
SELECT place, layer, district
FROM membership
WHERE place = $1::VARCHAR
ORDER BY layer;
