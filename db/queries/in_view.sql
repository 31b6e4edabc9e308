-- The rectangle of the map in degrees: $28 west, $29 south, $30 east, $31 north.
p.lon BETWEEN $28::DOUBLE PRECISION AND $30::DOUBLE PRECISION
AND p.lat BETWEEN $29::DOUBLE PRECISION AND $31::DOUBLE PRECISION
