-- Keep these districts, in the stead of those with the same key; geometries come in as WKB.
INSERT INTO district (
    id, municipality, layer, name, geom, data
)
SELECT
    id, municipality, layer, name, ST_GeomFromWKB(geom::BLOB), data
FROM incoming
ON CONFLICT (id) DO UPDATE SET
    municipality = excluded.municipality, layer = excluded.layer, name = excluded.name,
    geom = excluded.geom, data = excluded.data;
