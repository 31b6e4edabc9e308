-- Who acts for group $1? Owners first.
SELECT data
FROM group_member
WHERE "group" = $1::VARCHAR
ORDER BY owner DESC, account;
