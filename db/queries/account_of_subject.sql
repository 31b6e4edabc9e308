-- Which account signs in as the subject $1 of OpenID Connect? Empty is nobody's.
SELECT data
FROM account
WHERE subject = $1::VARCHAR AND subject <> ''
ORDER BY id;
