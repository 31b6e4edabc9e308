-- Keep these accounts, in the stead of those with the same key.
INSERT INTO account (
    id, email, subject, data
)
SELECT
    id, email, subject, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    email = excluded.email, subject = excluded.subject, data = excluded.data;
