-- Where every landed row went: a line a table and outcome. Outcome 'kept' is what the table should hold by this reckoning,
-- 'in the table' what it does hold; landed counts lines, n counts what is left of them when equal ones count once.
WITH ${people},
reading AS (
    SELECT lower(trim("user")) AS person, "timestamp" AS instant, count(*) AS copies
    FROM ${accelerometer_staged}
    WHERE rejected_reason IS NULL
    GROUP BY lower(trim("user")), "timestamp", x, y, z
),
reading_outcome AS (
    SELECT
        r.copies,
        CASE
            WHEN p.person IS NULL THEN 'unknown person'
            WHEN p.since IS NULL THEN 'no consent'
            WHEN '${policy}' = 'AtReading' AND r.instant < p.since THEN 'before consent'
            ELSE 'kept'
        END AS outcome
    FROM reading r
    LEFT JOIN person p ON p.person = r.person
),
step AS (
    SELECT lower(trim(serialnumber)) AS device, sensorreadingtime AS instant, count(*) AS copies
    FROM ${step_trainer_staged}
    WHERE rejected_reason IS NULL
    GROUP BY lower(trim(serialnumber)), sensorreadingtime, distancefromobject
),
trusted AS (
    SELECT lower(trim(email)) AS person, lower(trim(serialnumber)) AS device FROM ${customer_trusted}
),
curated AS (
    SELECT lower(trim(email)) AS person, lower(trim(serialnumber)) AS device FROM ${customers_curated}
),
step_outcome AS (
    SELECT
        s.copies,
        CASE
            WHEN d.device IS NULL THEN 'unknown device'
            WHEN d.owner IS NULL THEN 'ambiguous device'
            WHEN p.since IS NULL THEN 'no consent'
            WHEN t.person IS NULL THEN 'former device'
            WHEN '${policy}' = 'AtReading' AND s.instant < p.since THEN 'before consent'
            WHEN c.person IS NULL THEN 'owner without app readings'
            ELSE 'kept'
        END AS outcome
    FROM step s
    LEFT JOIN device d ON d.device = s.device
    LEFT JOIN person p ON p.person = d.owner
    LEFT JOIN trusted t ON t.person = d.owner AND t.device = s.device
    LEFT JOIN curated c ON c.person = d.owner
),
walked AS (
    SELECT c.person, s.sensorreadingtime AS instant, count(*) AS steps
    FROM ${step_trainer_trusted} s
    JOIN curated c ON c.device = lower(trim(s.serialnumber))
    GROUP BY c.person, s.sensorreadingtime
),
felt AS (
    SELECT lower(trim("user")) AS person, "timestamp" AS instant, count(*) AS readings
    FROM ${accelerometer_trusted}
    GROUP BY lower(trim("user")), "timestamp"
),
met AS (
    SELECT coalesce(w.steps, 0) AS steps, coalesce(f.readings, 0) AS readings
    FROM walked w
    FULL OUTER JOIN felt f ON f.person = w.person AND f.instant = w.instant
)
SELECT 'customer_trusted' AS made, CASE WHEN since IS NULL THEN 'no consent' ELSE 'kept' END AS outcome, count(*) AS n, count(*) AS landed
FROM person
GROUP BY CASE WHEN since IS NULL THEN 'no consent' ELSE 'kept' END
UNION ALL
SELECT 'customer_trusted', 'older record', (SELECT count(*) FROM record) - (SELECT count(*) FROM person), (SELECT count(*) FROM record) - (SELECT count(*) FROM person)
UNION ALL
SELECT 'accelerometer_trusted', outcome, count(*), sum(copies) FROM reading_outcome GROUP BY outcome
UNION ALL
SELECT 'customers_curated', CASE WHEN f.person IS NULL THEN 'no trusted readings' ELSE 'kept' END, count(*), count(*)
FROM trusted t
LEFT JOIN (SELECT DISTINCT person FROM felt) f ON f.person = t.person
GROUP BY CASE WHEN f.person IS NULL THEN 'no trusted readings' ELSE 'kept' END
UNION ALL
SELECT 'step_trainer_trusted', outcome, count(*), sum(copies) FROM step_outcome GROUP BY outcome
UNION ALL
SELECT 'machine_learning_curated', 'kept', coalesce(sum(steps * readings), 0), 0 FROM met
UNION ALL
SELECT 'machine_learning_curated', 'no partner: step reading', coalesce(sum(steps), 0), 0 FROM met WHERE readings = 0
UNION ALL
SELECT 'machine_learning_curated', 'no partner: accelerometer reading', coalesce(sum(readings), 0), 0 FROM met WHERE steps = 0
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
