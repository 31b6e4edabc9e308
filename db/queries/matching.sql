-- The filters of a query, the same in every question about what is findable. A filter that is not set is NULL.
--  $1 municipality   $2 evacuation     $3 kinds          $4 layer         $5 districts    $6 outside, too
--  $7 first day      $8 last day       $9 ISO weekday    $10 from minute  $11 to minute
-- $12 |audience|, or for everyone
--                   $13 free          $14 no booking    $15 step-free    $16 |hazard|     $17–$24 patterns of words
-- $25 places, dates, wanted or news    $26 group         $27 today: what ended before is found no more
-- A kind is looked for with array_position, as = ANY would be a join for each of the two columns.
p.municipality = $1::VARCHAR
AND ($2::BOOLEAN IS NULL OR p.evacuation = $2::BOOLEAN)
AND (
    $3::VARCHAR[] IS NULL
    OR coalesce(array_position($3::VARCHAR[], p.kind), array_position($3::VARCHAR[], p.activity)) IS NOT NULL
)
AND (
    ($5::VARCHAR[] IS NULL AND $6::BOOLEAN IS NULL)
    OR p.id IN (
        SELECT m.place
        FROM membership AS m
        WHERE m.layer = $4::VARCHAR AND m.district = ANY($5::VARCHAR[])
    )
    OR (
        $6::BOOLEAN
        AND p.id NOT IN (
            SELECT m.place
            FROM membership AS m
            WHERE $6::BOOLEAN AND m.layer = $4::VARCHAR AND m.district IS NOT NULL
        )
    )
)
AND (
    $7::DATE IS NULL
    OR p.id IN (
        SELECT o.place
        FROM occurrence AS o
        WHERE o.day BETWEEN $7::DATE AND $8::DATE
            AND NOT o.cancelled
            AND ($9::INTEGER IS NULL OR extract(ISODOW FROM o.day) = $9::INTEGER)
            AND ($10::INTEGER IS NULL OR o.starts_minute BETWEEN $10::INTEGER AND $11::INTEGER)
    )
)
AND ($12::VARCHAR IS NULL OR strpos(p.audience, $12::VARCHAR) > 0 OR strpos(p.audience, '|everyone|') > 0)
AND ($13::BOOLEAN IS NULL OR p.free)
AND ($14::BOOLEAN IS NULL OR p.no_booking)
AND ($15::BOOLEAN IS NULL OR p.step_free)
AND ($16::VARCHAR IS NULL OR strpos(p.hazards, $16::VARCHAR) > 0)
AND ($17::VARCHAR IS NULL OR p.search LIKE $17::VARCHAR ESCAPE '\')
AND ($18::VARCHAR IS NULL OR p.search LIKE $18::VARCHAR ESCAPE '\')
AND ($19::VARCHAR IS NULL OR p.search LIKE $19::VARCHAR ESCAPE '\')
AND ($20::VARCHAR IS NULL OR p.search LIKE $20::VARCHAR ESCAPE '\')
AND ($21::VARCHAR IS NULL OR p.search LIKE $21::VARCHAR ESCAPE '\')
AND ($22::VARCHAR IS NULL OR p.search LIKE $22::VARCHAR ESCAPE '\')
AND ($23::VARCHAR IS NULL OR p.search LIKE $23::VARCHAR ESCAPE '\')
AND ($24::VARCHAR IS NULL OR p.search LIKE $24::VARCHAR ESCAPE '\')
AND ($25::VARCHAR IS NULL OR p.shown_as = $25::VARCHAR)
AND ($26::VARCHAR IS NULL OR p.group_id = $26::VARCHAR)
AND ($27::DATE IS NULL OR p.last_day IS NULL OR p.last_day >= $27::DATE)
