-- What is kept of this record?
SELECT data FROM enquiry WHERE id = $1::VARCHAR;
