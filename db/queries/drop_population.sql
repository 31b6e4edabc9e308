-- Remove the populations of these keys.
DELETE FROM population
WHERE (municipality, layer, district) IN (SELECT municipality, layer, district FROM incoming);
