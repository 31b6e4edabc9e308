-- The memberships of every place of municipality $1.
SELECT m.place, m.layer, m.district
FROM membership AS m
INNER JOIN place AS p ON p.id = m.place
WHERE p.municipality = $1::VARCHAR
ORDER BY m.place, m.layer;
