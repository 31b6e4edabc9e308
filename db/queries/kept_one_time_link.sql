-- What is kept of this record?
SELECT data FROM one_time_link WHERE id = $1::VARCHAR;
