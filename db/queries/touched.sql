-- Which records of type $1 were changed from $2 on and before $3, and what was each before? Empty for what was not.
SELECT t.key, coalesce(v.data, '')
FROM (
    SELECT DISTINCT key
    FROM history
    WHERE record = $1::VARCHAR AND at_us >= $2::BIGINT AND at_us < $3::BIGINT
) AS t
LEFT JOIN (
    SELECT key, max(seq) AS seq
    FROM history
    WHERE record = $1::VARCHAR AND at_us < $2::BIGINT
    GROUP BY key
) AS b ON b.key = t.key
LEFT JOIN history AS v ON v.record = $1::VARCHAR AND v.key = b.key AND v.seq = b.seq
ORDER BY t.key;
