-- What is kept of this record?
SELECT data
FROM indicator
WHERE municipality = $1::VARCHAR AND key = $2::VARCHAR;
