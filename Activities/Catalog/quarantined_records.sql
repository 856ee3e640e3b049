-- Customer lines that somebody may clear: rejected ones, and accepted records because of which people are withheld or devices are
-- nobody's. The text of the latter is read again, as it is not staged.
WITH ${people},
${devices},
doubtful AS (
    SELECT c.source_file, c.line_key, '${undated}' AS reason, 'undated record' AS kind
    FROM ${customer_staged} c
    JOIN person p ON p.person = c.person AND p.reason = '${undated}'
    WHERE c.reason IS NULL AND c.sharewithresearchasofdate IS NULL AND c.lastupdatedate IS NULL
    UNION
    SELECT c.source_file, c.line_key, 'several people claim the device', 'record with a consent'
    FROM ${customer_staged} c
    JOIN device d ON d.device = c.device AND d.owner IS NULL
    WHERE c.reason IS NULL AND c.sharewithresearchasofdate IS NOT NULL
),
landed AS (
    SELECT DISTINCT "$path" AS source_file, line
    FROM ${customer_text}
    WHERE "$path" IN (SELECT source_file FROM doubtful)
),
keyed AS (
    SELECT source_file, line, ${key_of_text} AS line_key FROM landed
    UNION ALL
    SELECT source_file, line, ${key_of_text_and_file} FROM landed
)
SELECT source_file, rejected_line AS line, reason, line_key, 'rejected line' AS kind
FROM ${customer_staged}
WHERE reason IS NOT NULL AND reason NOT IN (${blank_or_cleared})
UNION ALL
SELECT d.source_file, CASE WHEN length(k.line) > 65536 THEN substr(k.line, 1, 65536) || '... (' || CAST(length(k.line) AS varchar) || ' characters)' ELSE k.line END, d.reason, d.line_key, d.kind
FROM doubtful d
JOIN keyed k ON k.source_file = d.source_file AND k.line_key = d.line_key
