-- The rows of a run. Positions count from 0 and give the order; offsets are code points into a document's text, half-open.
-- A row belongs to (run_id, document), where document is the position of the document in its run.

CREATE TYPE severity AS ENUM ('info', 'warning', 'error');

CREATE TABLE run (
    id VARCHAR PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL,
    litcheck VARCHAR NOT NULL,
    offline BOOLEAN NOT NULL,
    sources JSON NOT NULL,
    settings VARCHAR NOT NULL
);

CREATE TABLE document (
    run_id VARCHAR NOT NULL,
    document INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    format VARCHAR NOT NULL,
    style VARCHAR NOT NULL,
    nothing_to_check BOOLEAN NOT NULL
);

-- The key is a digest of the rest: a record fetched once is stored once, and one fetched again is another row.
CREATE TABLE record (
    id VARCHAR PRIMARY KEY,
    source VARCHAR NOT NULL,
    doi VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    csl JSON NOT NULL
);

CREATE TABLE reference (
    run_id VARCHAR NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    span_start BIGINT,
    span_end BIGINT,
    csl JSON NOT NULL,
    status VARCHAR NOT NULL,
    record_id VARCHAR,
    score DOUBLE,
    field_scores JSON
);

CREATE TABLE citation (
    run_id VARCHAR NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    reference_ids VARCHAR[] NOT NULL
);

CREATE TABLE finding (
    run_id VARCHAR NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    severity severity NOT NULL,
    confidence DOUBLE NOT NULL,
    message VARCHAR NOT NULL,
    reference_ids VARCHAR[] NOT NULL,
    citation_positions INTEGER[] NOT NULL,
    span_start BIGINT,
    span_end BIGINT,
    place JSON,
    evidence JSON NOT NULL,
    fix JSON,
    fingerprint VARCHAR NOT NULL
);

-- What a person decided about a finding; it holds for every later run in which the finding comes up again.
CREATE TABLE review (
    fingerprint VARCHAR PRIMARY KEY,
    decision VARCHAR NOT NULL CHECK (decision IN ('accepted', 'dismissed')),
    note VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL
);
