-- Which municipalities are there?
SELECT data
FROM municipality
ORDER BY code;
