-- How many versions did the records of type $1 and keys $2 have, and when was the last of each made?
SELECT key, count(*), max(at_us)
FROM history
WHERE record = $1::VARCHAR AND key = ANY($2::VARCHAR[])
GROUP BY key;
