-- Which migrations were run; made before the first of them.
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL
);
