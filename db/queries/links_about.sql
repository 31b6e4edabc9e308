-- Which links were made about place $1? An empty one is none.
SELECT data
FROM one_time_link
WHERE place = $1::VARCHAR AND place <> ''
ORDER BY made_us DESC, id;
