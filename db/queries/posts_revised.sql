-- Which posts of municipality $1 or, where that is empty, of all have newer content that is not shown yet?
SELECT data
FROM post
WHERE revised AND ($1::VARCHAR = '' OR municipality = $1::VARCHAR)
ORDER BY changed_us, id;
