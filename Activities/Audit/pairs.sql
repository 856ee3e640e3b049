-- Training rows whose step reading or accelerometer reading did not land for that person and instant.
WITH person AS (
    SELECT person, since, number FROM ${decided_people}
),
${devices},
pseudonym AS (
    SELECT p.number, lower(to_hex(hmac_sha256(to_utf8(p.person), to_utf8((SELECT key FROM ${pseudonym_key}))))) AS pseudonym
    FROM person p
    WHERE p.since IS NOT NULL
),
pair AS (
    SELECT n.number, m.sensorreadingtime AS instant, m.distancefromobject, m.x, m.y, m.z
    FROM ${machine_learning_curated} m
    LEFT JOIN pseudonym n ON n.pseudonym = m.pseudonym
),
step AS (
    SELECT p.number, s.sensorreadingtime AS instant, s.distancefromobject
    FROM ${step_trainer_staged} s
    JOIN device d ON d.device = s.device
    JOIN person p ON p.person = d.owner AND p.since IS NOT NULL
    WHERE s.reason IS NULL
),
reading AS (
    SELECT p.number, a."timestamp" AS instant, a.x, a.y, a.z
    FROM ${accelerometer_staged} a
    JOIN person p ON p.person = a.person AND p.since IS NOT NULL
    WHERE a.reason IS NULL
)
SELECT 'all' AS part, count(*) AS n
FROM ${machine_learning_curated}
UNION ALL
SELECT 'without a step reading', count(*)
FROM pair p
LEFT JOIN step s
    ON s.number = p.number
    AND s.instant = p.instant
    AND s.distancefromobject = p.distancefromobject
WHERE s.number IS NULL
UNION ALL
SELECT 'without an accelerometer reading', count(*)
FROM pair p
LEFT JOIN reading r
    ON r.number = p.number
    AND r.instant = p.instant
    AND r.x = p.x AND r.y = p.y AND r.z = p.z
WHERE r.number IS NULL
