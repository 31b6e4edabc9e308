-- Keep these sign-ins, in the stead of those with the same key.
INSERT INTO session (
    id, account, made_us, seen_us, data
)
SELECT
    id, account, made_us, seen_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    account = excluded.account, made_us = excluded.made_us, seen_us = excluded.seen_us, data = excluded.data;
