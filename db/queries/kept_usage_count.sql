-- What is kept of this record?
SELECT data FROM usage_count WHERE about = $1::VARCHAR AND day = $2::DATE AND use = $3::VARCHAR;
