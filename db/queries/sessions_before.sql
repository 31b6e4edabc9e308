-- Which sign-ins were last seen before $1, or made before $2?
SELECT data
FROM session
WHERE seen_us < $1::BIGINT OR made_us < $2::BIGINT
ORDER BY made_us, id;
