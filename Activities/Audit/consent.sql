-- Per table, the rows that do not belong to a person whose consent covers them. A person is allowed if the staged lines say so and the
-- text of the landed lines does too. The text is searched with regular expressions, which share nothing with staging.
WITH landed AS (
    SELECT source_file, line
    FROM (SELECT "$path" AS source_file, line FROM ${customer_text}) every_file
    WHERE source_file IN (SELECT source_file FROM ${customer_staged})
),
uncleared AS (
    SELECT line FROM landed WHERE NOT (${is_cleared})
),
own AS (
    -- The line without the objects and arrays inside its object, to the third level, because their keys are not the line's.
    SELECT line, CASE
        WHEN regexp_like(line, '[{\[].*[{\[]')
            THEN array_join(regexp_extract_all(regexp_replace(line, '^[^{]*[{]', ''), '("(?:[^"\\]|\\.)*"|[^"{}\[\]]+)|${inner_value}', 1), '') || '}'
        ELSE line
    END AS text
    FROM uncleared
),
mention AS (
    SELECT
        json_extract_scalar('"' || address || '"', '$') AS address,
        json_extract_scalar(serial, '$') AS serial,
        nullif(try_cast(regexp_extract(json_extract_scalar(updated, '$'), '^\s*([0-9][0-9.]*(?:[eE][+-]?[0-9]+)?)\s*$', 1) AS double), 0e0) AS updated,
        try_cast(regexp_extract(json_extract_scalar(registered, '$'), '^\s*([0-9][0-9.]*(?:[eE][+-]?[0-9]+)?)\s*$', 1) AS double) AS registered,
        nullif(try_cast(regexp_extract(json_extract_scalar(consent, '$'), '^\s*([0-9][0-9.]*(?:[eE][+-]?[0-9]+)?)\s*$', 1) AS double), 0e0) AS consent
    FROM (
        SELECT
            line,
            regexp_extract(text, '(?i)"serialnumber"\s*:\s*("(?:[^"\\]|\\.)*"|[^"\s,}\]]+)', 1) AS serial,
            regexp_extract(text, '(?i)"lastupdatedate"\s*:\s*("(?:[^"\\]|\\.)*"|[^"\s,}\]]+)', 1) AS updated,
            regexp_extract(text, '(?i)"registrationdate"\s*:\s*("(?:[^"\\]|\\.)*"|[^"\s,}\]]+)', 1) AS registered,
            regexp_extract(text, '(?i)"sharewithresearchasofdate"\s*:\s*("(?:[^"\\]|\\.)*"|[^"\s,}\]]+)', 1) AS consent
        FROM own
    ) value
    CROSS JOIN UNNEST(regexp_extract_all(line, '(?i)"email"\s*:\s*"((?:[^"\\]|\\.)*)"', 1)) AS found (address)
),
identity AS (
    SELECT text, ${cleaned_text} AS cleaned
    FROM (
        SELECT address AS text FROM mention
        UNION SELECT serial FROM mention
        UNION SELECT email FROM ${customer_trusted}
        UNION SELECT email FROM ${customers_curated}
        UNION SELECT "user" FROM ${accelerometer_trusted}
        UNION SELECT serialnumber FROM ${step_trainer_trusted}
    ) spelled
    WHERE text IS NOT NULL
),
claim AS (
    SELECT
        p.cleaned AS person,
        d.cleaned AS device,
        CASE
            WHEN m.consent IS NOT NULL THEN coalesce(m.updated, m.registered)
            ELSE greatest(coalesce(m.updated, m.registered), coalesce(m.registered, m.updated))
        END AS record_time,
        m.consent
    FROM mention m
    JOIN identity p ON p.text = m.address
    LEFT JOIN identity d ON d.text = m.serial
),
last_claim AS (
    SELECT person, count(*) AS lines, max(CASE WHEN consent IS NULL OR (record_time <= ${as_of} AND consent <= ${as_of}) THEN record_time END) AS record_time
    FROM claim
    GROUP BY person
),
refusing_text AS (
    SELECT DISTINCT c.person
    FROM claim c
    JOIN last_claim l ON l.person = c.person AND l.record_time = c.record_time
    WHERE c.consent IS NULL
),
text_owner AS (
    SELECT device, min(person) AS person FROM claim WHERE device IS NOT NULL GROUP BY device HAVING count(DISTINCT person) = 1
),
allowed AS (
    SELECT p.person, p.since
    FROM ${decided_people} p
    WHERE p.person IN (SELECT l.person FROM last_claim l JOIN ${decided_people} k ON k.person = l.person AND k.known_lines = l.lines)
        AND p.person NOT IN (SELECT person FROM refusing_text)
        AND p.person IN (
            SELECT q.person
            FROM ${decided_people} q
            JOIN claim c ON c.person = q.person AND c.consent = CAST(q.since AS double)
            WHERE c.record_time <= ${as_of} AND c.consent <= ${as_of}
        )
),
-- Each spelling with the consent of the person that it names, and of the owner of the device that it names.
spelling AS (
    SELECT i.text, p.since FROM identity i LEFT JOIN allowed p ON p.person = i.cleaned
),
device_spelling AS (
    SELECT i.text, p.since FROM identity i LEFT JOIN text_owner o ON o.device = i.cleaned LEFT JOIN allowed p ON p.person = o.person
),
pseudonym AS (
    SELECT lower(to_hex(hmac_sha256(to_utf8(person), to_utf8((SELECT key FROM ${pseudonym_key}))))) AS pseudonym, since
    FROM allowed
)
SELECT 'customer_trusted' AS made, count(*) AS checked,
    count_if(p.since IS NULL OR coalesce(c.sharewithresearchasofdate, 0) <> p.since) AS violations
FROM ${customer_trusted} c
LEFT JOIN spelling p ON p.text = c.email
UNION ALL
SELECT 'accelerometer_trusted', count(*),
    count_if(p.since IS NULL OR ('${policy}' = 'AtReading' AND a."timestamp" < p.since))
FROM ${accelerometer_trusted} a
LEFT JOIN spelling p ON p.text = a."user"
UNION ALL
SELECT 'customers_curated', count(*),
    count_if(p.since IS NULL OR coalesce(c.sharewithresearchasofdate, 0) <> p.since)
FROM ${customers_curated} c
LEFT JOIN spelling p ON p.text = c.email
UNION ALL
SELECT 'step_trainer_trusted', count(*),
    count_if(p.since IS NULL OR ('${policy}' = 'AtReading' AND s.sensorreadingtime < p.since))
FROM ${step_trainer_trusted} s
LEFT JOIN device_spelling p ON p.text = s.serialnumber
UNION ALL
SELECT 'machine_learning_curated', count(*),
    count_if(p.since IS NULL OR ('${policy}' = 'AtReading' AND m.sensorreadingtime < p.since))
FROM ${machine_learning_curated} m
LEFT JOIN pseudonym p ON p.pseudonym = m.pseudonym
