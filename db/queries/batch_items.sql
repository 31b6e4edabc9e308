-- What did import $1 change?
SELECT batch, number, record, key, before, after
FROM batch_item
WHERE batch = $1::VARCHAR
ORDER BY number;
