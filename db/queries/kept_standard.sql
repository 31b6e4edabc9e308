-- What is kept of this record?
SELECT data
FROM standard
WHERE municipality = $1::VARCHAR AND key = $2::VARCHAR;
