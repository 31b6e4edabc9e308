-- What is kept of this record?
SELECT data
FROM survey
WHERE district = $1::VARCHAR AND standard = $2::VARCHAR;
