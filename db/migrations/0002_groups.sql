-- Those who sign in, the groups that post, and what is found of it. Again only primary keys and one inline UNIQUE:
-- no two accounts have one address. Times end in _us: microseconds since 1970 in UTC.

CREATE TABLE account (
    id VARCHAR PRIMARY KEY,
    email VARCHAR NOT NULL UNIQUE,
    subject VARCHAR NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE group_member (
    "group" VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    owner BOOLEAN NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY ("group", account)
);

CREATE TABLE session (
    id VARCHAR PRIMARY KEY,
    account VARCHAR NOT NULL,
    made_us BIGINT NOT NULL,
    seen_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE sign_in_try (
    id VARCHAR PRIMARY KEY,
    account VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    at_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE one_time_link (
    id VARCHAR PRIMARY KEY,
    place VARCHAR NOT NULL,
    made_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

-- sort_name: the folded reading, or the folded name where there is none.
CREATE TABLE registered_group (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    sort_name VARCHAR NOT NULL,
    data VARCHAR NOT NULL
);

-- revised: newer content waits or was returned; place: id of the place that it names, or empty.
CREATE TABLE post (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    revised BOOLEAN NOT NULL,
    place VARCHAR NOT NULL,
    changed_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

-- What public posts are found by; columns as in the table of places.
CREATE TABLE listing (
    post VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    activity VARCHAR NOT NULL,
    shown_as VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    sort_name VARCHAR NOT NULL,
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    precision VARCHAR NOT NULL,
    audience VARCHAR NOT NULL,
    free BOOLEAN NOT NULL,
    no_booking BOOLEAN NOT NULL,
    step_free BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    last_day DATE,
    search VARCHAR NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE message (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    made_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE enquiry (
    id VARCHAR PRIMARY KEY,
    municipality VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL,
    made_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);

CREATE TABLE goal (
    municipality VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (municipality, key)
);

CREATE TABLE usage_count (
    about VARCHAR NOT NULL,
    day DATE NOT NULL,
    use VARCHAR NOT NULL,
    data VARCHAR NOT NULL,
    PRIMARY KEY (about, day, use)
);

ALTER TABLE occurrence ADD COLUMN cancelled BOOLEAN DEFAULT false;

-- Cancelled dates were not laid out so far: everything is laid out anew when the portal starts.
DELETE FROM derived
WHERE name IN ('occurrences_from', 'occurrences_until');
