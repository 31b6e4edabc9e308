-- Keep these members of groups, in the stead of those with the same key.
INSERT INTO group_member (
    "group", account, owner, data
)
SELECT
    "group", account, owner, data
FROM incoming
ON CONFLICT ("group", account) DO UPDATE SET
    owner = excluded.owner, data = excluded.data;
