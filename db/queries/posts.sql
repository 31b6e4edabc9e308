-- What are the posts of the ids $1?
SELECT id, data
FROM post
WHERE id = ANY($1::VARCHAR[]);
