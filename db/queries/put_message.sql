-- Keep these messages, in the stead of those with the same key.
INSERT INTO message (
    id, municipality, state, made_us, data
)
SELECT
    id, municipality, state, made_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    municipality = excluded.municipality, state = excluded.state, made_us = excluded.made_us,
    data = excluded.data;
