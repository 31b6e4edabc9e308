-- Keep these reports of errors, in the stead of those with the same key.
INSERT INTO error_note (
    id, place, made_us, data
)
SELECT
    id, place, made_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    place = excluded.place, made_us = excluded.made_us, data = excluded.data;
