-- Keep these points of people, in the stead of those with the same key.
INSERT INTO people_point (
    municipality, id, data
)
SELECT
    municipality, id, data
FROM incoming
ON CONFLICT (municipality, id) DO UPDATE SET
    data = excluded.data;
