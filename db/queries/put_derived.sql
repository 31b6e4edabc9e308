-- Note a figure that is derived from the records: $1 its name, $2 its value.
INSERT INTO derived (name, value)
VALUES ($1::VARCHAR, $2::VARCHAR)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
