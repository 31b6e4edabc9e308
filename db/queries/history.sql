-- Which versions did the record of type $1 and key $2 have, the newest first?
SELECT seq, at_us, who, action, reason, data
FROM history
WHERE record = $1::VARCHAR AND key = $2::VARCHAR
ORDER BY seq DESC;
