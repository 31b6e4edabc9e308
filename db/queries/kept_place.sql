-- What is kept of this record?
SELECT data FROM place WHERE id = $1::VARCHAR;
