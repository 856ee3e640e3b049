-- Training rows whose step reading, or whose accelerometer reading, did not land for the same person at that instant.
WITH ${people},
pseudonym AS (
    SELECT p.person, lower(to_hex(hmac_sha256(to_utf8(p.person), to_utf8(k.key)))) AS pseudonym
    FROM person p
    CROSS JOIN ${pseudonym_key} k
    WHERE p.since IS NOT NULL
),
step AS (
    SELECT n.pseudonym, s.sensorreadingtime, s.distancefromobject
    FROM ${step_trainer_staged} s
    JOIN device d ON d.device = lower(trim(s.serialnumber))
    JOIN pseudonym n ON n.person = d.owner
    WHERE s.rejected_reason IS NULL
),
reading AS (
    SELECT n.pseudonym, a."timestamp", a.x, a.y, a.z
    FROM ${accelerometer_staged} a
    JOIN pseudonym n ON n.person = lower(trim(a."user"))
    WHERE a.rejected_reason IS NULL
)
SELECT 'all' AS part, count(*) AS n
FROM ${machine_learning_curated}
UNION ALL
SELECT 'without a step reading', count(*)
FROM ${machine_learning_curated} m
LEFT JOIN step s
    ON s.pseudonym = m.pseudonym
    AND s.sensorreadingtime = m.sensorreadingtime
    AND s.distancefromobject = m.distancefromobject
WHERE s.pseudonym IS NULL
UNION ALL
SELECT 'without an accelerometer reading', count(*)
FROM ${machine_learning_curated} m
LEFT JOIN reading r
    ON r.pseudonym = m.pseudonym
    AND r."timestamp" = m.sensorreadingtime
    AND r.x = m.x AND r.y = m.y AND r.z = m.z
WHERE r.pseudonym IS NULL
