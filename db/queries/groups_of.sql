-- Which groups does account $1 act for?
SELECT data
FROM group_member
WHERE account = $1::VARCHAR
ORDER BY "group";
