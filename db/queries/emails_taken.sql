-- Which of these addresses does another account have, or another of these?
SELECT i.email
FROM incoming AS i
WHERE EXISTS (SELECT 1 FROM account AS a WHERE a.email = i.email AND a.id <> i.id)
    OR EXISTS (SELECT 1 FROM incoming AS other WHERE other.email = i.email AND other.id <> i.id);
