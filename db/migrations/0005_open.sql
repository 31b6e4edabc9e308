-- What residents asked to be told: a choice with a mail address or a browser. due_us: when there is something to do
-- for it, in microseconds since 1970 in UTC. Deleted when they ask for it; it never stands in the journal.

CREATE TABLE subscription (
    id VARCHAR PRIMARY KEY,
    email VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    due_us BIGINT NOT NULL,
    data VARCHAR NOT NULL
);
