-- What did residents ask in municipality $1, of group $2 or, where that is empty, of all?
SELECT data
FROM enquiry
WHERE municipality = $1::VARCHAR AND ($2::VARCHAR = '' OR group_id = $2::VARCHAR)
ORDER BY made_us, id;
