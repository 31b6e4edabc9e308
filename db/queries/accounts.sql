-- Everybody who can sign in.
SELECT data
FROM account
ORDER BY email;
