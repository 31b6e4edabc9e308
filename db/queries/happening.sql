-- What does the query find that takes place from $28 to $29, on the weekday and in the minutes of the query?
SELECT p.id, p.name, p.kind, o.day, o.starts_minute, o.cancelled, d.name
FROM (
-- include: findable.sql
) AS p
INNER JOIN occurrence AS o ON o.place = p.id
LEFT JOIN membership AS a ON a.place = p.id AND a.layer = $4::VARCHAR
LEFT JOIN district AS d ON d.id = a.district
WHERE o.day BETWEEN $28::DATE AND $29::DATE
AND ($9::INTEGER IS NULL OR extract(ISODOW FROM o.day) = $9::INTEGER)
AND ($10::INTEGER IS NULL OR o.starts_minute BETWEEN $10::INTEGER AND $11::INTEGER)
AND
-- include: matching.sql
ORDER BY o.day, o.starts_minute NULLS FIRST, p.name, p.id;
