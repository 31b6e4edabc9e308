-- Remove the members of groups of these keys.
DELETE FROM group_member
WHERE ("group", account) IN (SELECT "group", account FROM incoming);
