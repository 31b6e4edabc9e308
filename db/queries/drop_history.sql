-- Forget the versions after entry $1: they are about to be noted again.
DELETE FROM history
WHERE seq > $1::BIGINT;
