-- What is kept of this record?
SELECT data
FROM need_release
WHERE municipality = $1::VARCHAR AND number = $2::VARCHAR::INTEGER;
