-- What is kept of this record?
SELECT data FROM group_member WHERE "group" = $1::VARCHAR AND account = $2::VARCHAR;
