-- Every place of the datasets $1.
SELECT data
FROM place
WHERE dataset = ANY($1::VARCHAR[])
ORDER BY id;
