-- Every post of group $1.
SELECT data
FROM post
WHERE group_id = $1::VARCHAR
ORDER BY changed_us DESC, id;
