-- Per table, the rows that do not belong to a person whose consent covers them.
WITH ${people},
pseudonym AS (
    SELECT lower(to_hex(hmac_sha256(to_utf8(p.person), to_utf8((SELECT key FROM ${pseudonym_key}))))) AS pseudonym, p.since
    FROM person p
    WHERE p.since IS NOT NULL
)
SELECT 'customer_trusted' AS made, count(*) AS checked,
    count_if(p.since IS NULL OR coalesce(c.sharewithresearchasofdate, 0) <> p.since) AS violations
FROM ${customer_trusted} c
LEFT JOIN person p ON p.person = lower(trim(c.email))
UNION ALL
SELECT 'accelerometer_trusted', count(*),
    count_if(p.since IS NULL OR ('${policy}' = 'AtReading' AND a."timestamp" < p.since))
FROM ${accelerometer_trusted} a
LEFT JOIN person p ON p.person = lower(trim(a."user"))
UNION ALL
SELECT 'customers_curated', count(*),
    count_if(p.since IS NULL OR coalesce(c.sharewithresearchasofdate, 0) <> p.since)
FROM ${customers_curated} c
LEFT JOIN person p ON p.person = lower(trim(c.email))
UNION ALL
SELECT 'step_trainer_trusted', count(*),
    count_if(p.since IS NULL OR ('${policy}' = 'AtReading' AND s.sensorreadingtime < p.since))
FROM ${step_trainer_trusted} s
LEFT JOIN device d ON d.device = lower(trim(s.serialnumber))
LEFT JOIN person p ON p.person = d.owner
UNION ALL
SELECT 'machine_learning_curated', count(*),
    count_if(p.since IS NULL OR ('${policy}' = 'AtReading' AND m.sensorreadingtime < p.since))
FROM ${machine_learning_curated} m
LEFT JOIN pseudonym p ON p.pseudonym = m.pseudonym
