-- Which subscriptions go to the address $1?
SELECT data
FROM subscription
WHERE email = $1::VARCHAR AND email <> ''
ORDER BY due_us, id;
