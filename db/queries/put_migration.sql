-- Note that migration $1, called $2, was run.
INSERT INTO migration (number, name)
VALUES ($1::INTEGER, $2::VARCHAR);
