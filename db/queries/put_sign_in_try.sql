-- Keep these failed sign-ins, in the stead of those with the same key.
INSERT INTO sign_in_try (
    id, account, origin, at_us, data
)
SELECT
    id, account, origin, at_us, data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    account = excluded.account, origin = excluded.origin, at_us = excluded.at_us, data = excluded.data;
