-- The number of landed rows per table and outcome. Outcome 'kept' is the expected number of rows in the table, 'in the table'
-- the actual one. landed counts all lines; n counts duplicates of kept lines once.
WITH person AS (
    SELECT person, since, reason, number FROM ${decided_people}
),
${devices},
reading_line AS (
    SELECT
        p.number, a."timestamp" AS instant, a.x, a.y, a.z,
        CASE
            WHEN p.number IS NULL THEN 'unknown person'
            WHEN p.since IS NULL THEN p.reason
            WHEN '${policy}' = 'AtReading' AND a."timestamp" < p.since THEN 'before consent'
        END AS reason
    FROM ${accelerometer_staged} a
    LEFT JOIN person p ON p.person = a.person
    WHERE a.reason IS NULL
),
reading AS (
    -- One group per kept reading, and one per reason for all other lines.
    SELECT reason, count(*) AS copies
    FROM reading_line
    GROUP BY
        reason,
        CASE WHEN reason IS NULL THEN number END,
        CASE WHEN reason IS NULL THEN instant END,
        CASE WHEN reason IS NULL THEN x END,
        CASE WHEN reason IS NULL THEN y END,
        CASE WHEN reason IS NULL THEN z END
),
trusted AS (
    SELECT person, device FROM ${customer_trusted}
),
curated AS (
    SELECT person, device FROM ${customers_curated}
),
step_line AS (
    SELECT
        p.number, s.sensorreadingtime AS instant, s.distancefromobject,
        CASE
            WHEN d.device IS NULL THEN 'unknown device'
            WHEN d.owner IS NULL THEN 'ambiguous device'
            WHEN p.since IS NULL THEN p.reason
            WHEN t.person IS NULL THEN 'former device'
            WHEN '${policy}' = 'AtReading' AND s.sensorreadingtime < p.since THEN 'before consent'
            WHEN c.person IS NULL THEN 'owner without app readings'
        END AS reason
    FROM ${step_trainer_staged} s
    LEFT JOIN device d ON d.device = s.device
    LEFT JOIN person p ON p.person = d.owner
    LEFT JOIN trusted t ON t.person = d.owner AND t.device = d.device
    LEFT JOIN curated c ON c.person = d.owner
    WHERE s.reason IS NULL
),
step AS (
    SELECT reason, count(*) AS copies
    FROM step_line
    GROUP BY
        reason,
        CASE WHEN reason IS NULL THEN number END,
        CASE WHEN reason IS NULL THEN instant END,
        CASE WHEN reason IS NULL THEN distancefromobject END
),
trusted_step AS (
    SELECT c.person, s.sensorreadingtime AS instant, count(*) AS steps
    FROM ${step_trainer_trusted} s
    JOIN curated c ON c.device = s.device
    GROUP BY c.person, s.sensorreadingtime
),
trusted_motion AS (
    SELECT person, "timestamp" AS instant, count(*) AS readings
    FROM ${accelerometer_trusted}
    GROUP BY person, "timestamp"
),
instant_count AS (
    SELECT coalesce(w.steps, 0) AS steps, coalesce(f.readings, 0) AS readings
    FROM trusted_step w
    FULL OUTER JOIN trusted_motion f ON f.person = w.person AND f.instant = w.instant
)
SELECT 'customer_trusted' AS made, coalesce(reason, 'kept') AS outcome, count(*) AS n, count(*) AS landed
FROM person
GROUP BY reason
UNION ALL
SELECT 'customer_trusted', 'older record', count(*) - count(DISTINCT person), count(*) - count(DISTINCT person)
FROM ${customer_staged}
WHERE person IS NOT NULL AND reason IS NULL
UNION ALL
SELECT 'accelerometer_trusted', coalesce(reason, 'kept'), CASE WHEN reason IS NULL THEN count(*) ELSE sum(copies) END, sum(copies) FROM reading GROUP BY reason
UNION ALL
SELECT 'customers_curated', CASE WHEN f.person IS NULL THEN 'no trusted readings' ELSE 'kept' END, count(*), count(*)
FROM trusted t
LEFT JOIN (SELECT DISTINCT person FROM trusted_motion) f ON f.person = t.person
GROUP BY CASE WHEN f.person IS NULL THEN 'no trusted readings' ELSE 'kept' END
UNION ALL
SELECT 'step_trainer_trusted', coalesce(reason, 'kept'), CASE WHEN reason IS NULL THEN count(*) ELSE sum(copies) END, sum(copies) FROM step GROUP BY reason
UNION ALL
SELECT 'machine_learning_curated', 'kept', coalesce(sum(steps * readings), 0), 0 FROM instant_count
UNION ALL
SELECT 'machine_learning_curated', 'no partner: step reading', coalesce(sum(steps), 0), 0 FROM instant_count WHERE readings = 0
UNION ALL
SELECT 'machine_learning_curated', 'no partner: accelerometer reading', coalesce(sum(readings), 0), 0 FROM instant_count WHERE steps = 0
UNION ALL
SELECT 'customer_trusted', 'in the table', count(*), 0 FROM ${customer_trusted}
UNION ALL
SELECT 'accelerometer_trusted', 'in the table', count(*), 0 FROM ${accelerometer_trusted}
UNION ALL
SELECT 'customers_curated', 'in the table', count(*), 0 FROM ${customers_curated}
UNION ALL
SELECT 'step_trainer_trusted', 'in the table', count(*), 0 FROM ${step_trainer_trusted}
UNION ALL
SELECT 'machine_learning_curated', 'in the table', count(*), 0 FROM ${machine_learning_curated}
