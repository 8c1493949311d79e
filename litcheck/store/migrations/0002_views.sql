-- The questions that people ask. Except for latest_document they speak of each document as its newest run saw it.

CREATE VIEW latest_document AS
SELECT document.*, run.started_at
FROM document
JOIN run ON run.id = document.run_id
QUALIFY row_number() OVER (
    PARTITION BY document.path ORDER BY run.started_at DESC, run.finished_at DESC, document.run_id DESC, document.document DESC
) = 1;

CREATE VIEW latest_reference AS
SELECT
    latest_document.path,
    reference.*,
    reference.csl ->> '$.title' AS title,
    lower(reference.csl ->> '$.DOI') AS doi,
    TRY_CAST(reference.csl ->> '$.issued."date-parts"[0][0]' AS INTEGER) AS year,
    record.source AS record_source,
    nullif(record.doi, '') AS record_doi,
    record.csl ->> '$.title' AS record_title,
    record.fetched_at AS record_fetched_at
FROM latest_document
JOIN reference USING (run_id, document)
LEFT JOIN record ON record.id = reference.record_id;

CREATE VIEW latest_finding AS
SELECT
    latest_document.path,
    finding.*,
    (finding.place ->> '$.line')::INTEGER AS line,
    (finding.place ->> '$.column')::INTEGER AS column_number,
    finding.place ->> '$.quote' AS quote,
    review.decision,
    review.note AS decision_note,
    review.who AS decided_by,
    review.decided_at
FROM latest_document
JOIN finding USING (run_id, document)
LEFT JOIN review USING (fingerprint);

-- What still has to be looked at: everything that nobody dismissed, worst first.
CREATE VIEW open_findings AS
SELECT path, line, column_number, severity, code, name, message, quote, reference_ids, fix ->> '$.description' AS fix, fingerprint, decision
FROM latest_finding
WHERE decision IS DISTINCT FROM 'dismissed'
ORDER BY severity DESC, path, line NULLS LAST, position;

CREATE VIEW findings_by_document AS
SELECT
    latest_document.path,
    latest_document.started_at AS checked_at,
    count(*) FILTER (latest_finding.severity = 'error') AS errors,
    count(*) FILTER (latest_finding.severity = 'warning') AS warnings,
    count(*) FILTER (latest_finding.severity = 'info') AS infos,
    count(*) FILTER (latest_finding.decision = 'dismissed') AS dismissed
FROM latest_document
LEFT JOIN latest_finding USING (run_id, document)
GROUP BY ALL
ORDER BY errors DESC, warnings DESC, infos DESC, path;

CREATE VIEW findings_by_code AS
SELECT code, name, max(severity) AS severity, count(*) AS findings, count(DISTINCT path) AS documents
FROM latest_finding
WHERE decision IS DISTINCT FROM 'dismissed'
GROUP BY code, name
ORDER BY severity DESC, findings DESC, code;

CREATE VIEW references_by_status AS
SELECT path, status, count(*) AS number_of_references
FROM latest_reference
GROUP BY path, status
ORDER BY path, number_of_references DESC, status;

-- References for which no record stands, and why not. None of them is thereby wrong.
CREATE VIEW unverified_references AS
SELECT path, id, status, title, doi, year, raw
FROM latest_reference
WHERE status IN ('not-found', 'unavailable', 'unverifiable')
ORDER BY path, position;

-- Works that are retracted, withdrawn or removed, and the documents that cite them.
CREATE VIEW retracted_in_corpus AS
WITH retracted AS (
    SELECT DISTINCT run_id, document, path, code, message, unnest(reference_ids) AS id, evidence ->> '$.record' AS evidence_record
    FROM latest_finding
    WHERE code IN ('LC301', 'LC304') AND decision IS DISTINCT FROM 'dismissed'
)
SELECT
    coalesce(latest_reference.record_doi, latest_reference.doi, nullif(retracted.evidence_record, '')) AS doi,
    any_value(coalesce(latest_reference.record_title, latest_reference.title)) AS title,
    any_value(retracted.message) AS message,
    count(DISTINCT retracted.path) AS documents,
    list(DISTINCT retracted.path ORDER BY retracted.path) AS paths
FROM retracted
JOIN latest_reference USING (run_id, document, id)
GROUP BY 1
ORDER BY documents DESC, doi;

-- Every work that was matched with a record, and in how many documents.
CREATE VIEW works_cited AS
SELECT
    record_doi AS doi,
    any_value(record_title) AS title,
    count(DISTINCT path) AS documents,
    list(DISTINCT path ORDER BY path) AS paths,
    max(record_fetched_at) AS last_fetched_at
FROM latest_reference
WHERE record_doi IS NOT NULL
GROUP BY record_doi
ORDER BY documents DESC, doi;
