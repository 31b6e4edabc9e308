-- Forget the versions after entry $1 up to entry $2: they are about to be noted again.
DELETE FROM history
WHERE seq > $1::BIGINT AND seq <= $2::BIGINT;
