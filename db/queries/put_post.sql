-- Keep these posts, in the stead of those with the same key.
INSERT INTO post (
    id, municipality, group_id, state, revised, place, changed_us, data
)
SELECT
    id, municipality, group_id, state, revised, place, changed_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    municipality = excluded.municipality, group_id = excluded.group_id, state = excluded.state,
    revised = excluded.revised, place = excluded.place, changed_us = excluded.changed_us, data = excluded.data;
