-- What is kept of this record?
SELECT data FROM error_note WHERE id = $1::VARCHAR;
