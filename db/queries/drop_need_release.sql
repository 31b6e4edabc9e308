-- Remove the releases of numbers of people in need of these keys.
DELETE FROM need_release
WHERE (municipality, number) IN (
    SELECT municipality, number::INTEGER FROM incoming
);
