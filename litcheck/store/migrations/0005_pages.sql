-- The page of a file that has pages (PDF), counted from 1; line and column are of the text that was read from it then.
CREATE OR REPLACE VIEW latest_finding AS
SELECT
    latest_document.path,
    finding.*,
    (finding.place ->> '$.line')::INTEGER AS line,
    (finding.place ->> '$.column')::INTEGER AS column_number,
    finding.place ->> '$.quote' AS quote,
    review.decision,
    review.note AS decision_note,
    review.who AS decided_by,
    review.decided_at,
    coalesce(nullif(finding.place ->> '$.path', ''), latest_document.path) AS place_path,
    (finding.place ->> '$.page')::INTEGER AS page
FROM latest_document
JOIN finding USING (run_id, document)
LEFT JOIN review USING (fingerprint);

CREATE OR REPLACE VIEW open_findings AS
SELECT
    path, line, column_number, severity, code, name, message, quote, reference_ids, fix ->> '$.description' AS fix, fingerprint,
    decision, place_path, page
FROM latest_finding
WHERE decision IS DISTINCT FROM 'dismissed'
ORDER BY severity DESC, path, place_path, page NULLS LAST, line NULLS LAST, position;
