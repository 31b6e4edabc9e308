-- What is kept of this record?
SELECT data FROM subscription WHERE id = $1::VARCHAR;
