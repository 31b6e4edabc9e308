-- What is kept of this record?
SELECT data FROM session WHERE id = $1::VARCHAR;
