-- The portal's first tables. Only primary keys: other indexes and foreign keys do not survive a killed process,
-- so references are checked by the services. `data` is the whole record as JSON; other columns serve the questions.

CREATE TABLE municipality (
    code VARCHAR PRIMARY KEY,
    data VARCHAR NOT NULL
);

CREATE TABLE layer (
    municipality VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    tier INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, key)
);

-- geom: degrees, JGD2011 (EPSG:6668), longitude first.
CREATE TABLE district (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    layer VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    geom GEOMETRY NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE kind (
    municipality VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, key)
);

-- hazards and audience: the values between bars, |flood|tsunami|; search: folded text, one field a line;
-- sort_name: the folded reading, or the folded name where there is none.
CREATE TABLE place (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    sort_name VARCHAR NOT NULL,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    precision VARCHAR NOT NULL,
    evacuation BOOLEAN NOT NULL,
    hazards VARCHAR NOT NULL,
    audience VARCHAR NOT NULL,
    free BOOLEAN NOT NULL,
    no_booking BOOLEAN NOT NULL,
    step_free BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    gone BOOLEAN NOT NULL,
    dataset VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    batch VARCHAR NOT NULL,
    search VARCHAR NOT NULL,
    data VARCHAR NOT NULL
);

-- district NULL: outside every district of the layer.
CREATE TABLE membership (
    place VARCHAR NOT NULL,
    layer VARCHAR NOT NULL,
    district VARCHAR,
    PRIMARY KEY (place, layer)
);

-- Laid out from the schedules, so no key: minutes count from midnight, NULL where the hour is not known.
CREATE TABLE occurrence (
    place VARCHAR NOT NULL,
    day DATE NOT NULL,
    starts_minute INTEGER
);

CREATE TABLE population (
    municipality VARCHAR NOT NULL,
    layer VARCHAR NOT NULL,
    district VARCHAR NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, layer, district)
);

-- town: folded.
CREATE TABLE gazetteer (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    town VARCHAR NOT NULL,
    block VARCHAR NOT NULL,
    data VARCHAR NOT NULL
);

-- done_us: microseconds since 1970 in UTC.
CREATE TABLE batch (
    id VARCHAR PRIMARY KEY,
    done_us BIGINT NOT NULL,
    undone BOOLEAN NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE batch_item (
    batch VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    record VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    before VARCHAR NOT NULL,
    after VARCHAR NOT NULL,
    PRIMARY KEY (batch, number)
);

CREATE TABLE error_note (
    id VARCHAR PRIMARY KEY,
    place VARCHAR NOT NULL,
    made_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

-- version (another text after every change), occurrences_from, occurrences_until (ISO days).
CREATE TABLE derived (
    name VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);
