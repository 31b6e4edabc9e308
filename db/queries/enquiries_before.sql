-- What did residents ask before $1?
SELECT data
FROM enquiry
WHERE made_us < $1::BIGINT
ORDER BY made_us, id;
