-- Keep these links that work once, in the stead of those with the same key.
INSERT INTO one_time_link (
    id, place, made_us, data
)
SELECT
    id, place, made_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    place = excluded.place, made_us = excluded.made_us, data = excluded.data;
