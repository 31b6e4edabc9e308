-- Keep these subscriptions of residents, in the stead of those with the same key.
INSERT INTO subscription (
    id, email, token, due_us, data
)
SELECT
    id, email, token, due_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    email = excluded.email, token = excluded.token, due_us = excluded.due_us, data = excluded.data;
