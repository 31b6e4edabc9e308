-- What is kept of this record?
SELECT data FROM registered_group WHERE id = $1::VARCHAR;
