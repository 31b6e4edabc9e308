-- Which posts in the states $2 name place $1?
SELECT data
FROM post
WHERE place = $1::VARCHAR AND place <> '' AND state = ANY($2::VARCHAR[])
ORDER BY changed_us DESC, id;
