-- Which imports after $1, not taken back, changed a record that it changed, too?
SELECT later.id
FROM batch AS asked
INNER JOIN batch AS later
    ON later.id <> asked.id
    AND NOT later.undone
    AND (later.done_us, length(later.id), later.id) > (asked.done_us, length(asked.id), asked.id)
WHERE asked.id = $1::VARCHAR
    AND later.id IN (
        SELECT theirs.batch
        FROM batch_item AS theirs
        INNER JOIN batch_item AS ours ON ours.record = theirs.record AND ours.key = theirs.key
        WHERE ours.batch = $1::VARCHAR
    )
ORDER BY later.done_us, length(later.id), later.id;
