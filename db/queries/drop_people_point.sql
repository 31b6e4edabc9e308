-- Remove the points of people of these keys.
DELETE FROM people_point
WHERE (municipality, id) IN (SELECT municipality, id FROM incoming);
