-- What is kept of this record?
SELECT data FROM municipality WHERE code = $1::VARCHAR;
