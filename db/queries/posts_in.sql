-- Which posts are in the states $1, in municipality $2 or, where that is empty, in all?
SELECT data
FROM post
WHERE state = ANY($1::VARCHAR[]) AND ($2::VARCHAR = '' OR municipality = $2::VARCHAR)
ORDER BY changed_us, id;
