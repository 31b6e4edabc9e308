-- What is kept of this record?
SELECT data FROM account WHERE id = $1::VARCHAR;
