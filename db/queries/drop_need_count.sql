-- Remove the numbers of people in need of these keys.
DELETE FROM need_count
WHERE (municipality, layer, district, category, as_of) IN (
    SELECT municipality, layer, district, category, as_of::DATE FROM incoming
);
