-- Keep these municipalities, in the stead of those with the same key.
INSERT INTO municipality (
    code, data
)
SELECT
    code, data
FROM incoming
ON CONFLICT (code) DO UPDATE SET
    data = excluded.data;
