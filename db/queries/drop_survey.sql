-- Remove the surveys of these keys.
DELETE FROM survey
WHERE (district, standard) IN (SELECT district, standard FROM incoming);
