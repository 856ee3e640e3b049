-- How many rows of a snapshot's tables belong to each person. Spellings are cleaned once each.
WITH ${subjects},
holder AS (
    SELECT s.number, l.device
    FROM ${lines} l
    JOIN subject s ON s.person = l.person
    WHERE l.device IS NOT NULL AND coalesce(l.reason, '') <> 'cleared line'
    UNION
    SELECT s.number, ${cleaned_serial_number}
    FROM ${customer_trusted} t
    JOIN subject s ON s.person = ${cleaned_email}
)
SELECT 'customer_trusted' AS made, s.number, sum(t.n) AS n
FROM (SELECT email, count(*) AS n FROM ${customer_trusted} GROUP BY email) t
JOIN subject s ON s.person = ${cleaned_email}
GROUP BY s.number
UNION ALL
SELECT 'accelerometer_trusted', s.number, sum(t.n)
FROM (SELECT "user" AS email, count(*) AS n FROM ${accelerometer_trusted} GROUP BY "user") t
JOIN subject s ON s.person = ${cleaned_email}
GROUP BY s.number
UNION ALL
SELECT 'customers_curated', s.number, sum(t.n)
FROM (SELECT email, count(*) AS n FROM ${customers_curated} GROUP BY email) t
JOIN subject s ON s.person = ${cleaned_email}
GROUP BY s.number
UNION ALL
SELECT 'step_trainer_trusted', h.number, sum(t.n)
FROM (SELECT serialnumber, count(*) AS n FROM ${step_trainer_trusted} GROUP BY serialnumber) t
JOIN holder h ON h.device = ${cleaned_serial_number}
GROUP BY h.number
