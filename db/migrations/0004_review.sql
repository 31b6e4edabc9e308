-- What a review needs: standards and what was looked at, where people live, numbers of people in need, the plans'
-- indicators, coverage as it was, and the groups that were turned to. Times end in _us: microseconds since 1970 in UTC.
-- And the day on which a place was last verified, as a column: it is the last field of the record's text.

CREATE TABLE standard (
    municipality VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, key)
);

CREATE TABLE survey (
    district VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (district, standard)
);

CREATE TABLE people_point (
    municipality VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, id)
);

CREATE TABLE need_count (
    municipality VARCHAR NOT NULL,
    layer VARCHAR NOT NULL,
    district VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, layer, district, category, as_of)
);

CREATE TABLE need_release (
    municipality VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, number)
);

CREATE TABLE need_look (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    made_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE indicator (
    municipality VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, key)
);

CREATE TABLE coverage_snapshot (
    municipality VARCHAR NOT NULL,
    day DATE NOT NULL,
    standard VARCHAR NOT NULL,
    district VARCHAR NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, day, standard, district)
);

CREATE TABLE outreach (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    made_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

ALTER TABLE place ADD COLUMN verified_on DATE;

UPDATE place
SET verified_on = TRY_CAST(regexp_extract(data, '"verified_on":"(\d{4}-\d{2}-\d{2})"\}$', 1) AS DATE);
