-- Keep these releases of numbers of people in need, in the stead of those with the same key.
INSERT INTO need_release (
    municipality, number, data
)
SELECT
    municipality, number, data
FROM incoming
ON CONFLICT (municipality, number) DO UPDATE SET
    data = excluded.data;
