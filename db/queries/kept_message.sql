-- What is kept of this record?
SELECT data FROM message WHERE id = $1::VARCHAR;
