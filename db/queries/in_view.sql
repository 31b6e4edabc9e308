-- The rectangle of the map in degrees: $25 west, $26 south, $27 east, $28 north.
p.lon BETWEEN $25::DOUBLE PRECISION AND $27::DOUBLE PRECISION
AND p.lat BETWEEN $26::DOUBLE PRECISION AND $28::DOUBLE PRECISION
