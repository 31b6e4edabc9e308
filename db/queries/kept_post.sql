-- What is kept of this record?
SELECT data FROM post WHERE id = $1::VARCHAR;
