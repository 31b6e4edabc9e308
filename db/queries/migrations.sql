-- Which migrations were run?
SELECT number
FROM migration
ORDER BY number;
