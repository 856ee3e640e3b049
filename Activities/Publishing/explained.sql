-- How many rows of the last snapshot's tables belong to people who refuse now, and, of its customers, how many refuse at all.
WITH ${people},
refusing AS (
    -- A refusal without a date cannot be ordered among the person's consents, so it explains nothing.
    SELECT
        person,
        CASE WHEN reason = '${undated}' THEN 0 ELSE 1 END AS explains,
        lower(to_hex(hmac_sha256(to_utf8(person), to_utf8((SELECT key FROM ${pseudonym_key}))))) AS pseudonym
    FROM person
    WHERE reason IN (${refusals})
),
customer AS (
    SELECT ${clean_email} AS person, ${clean_serialnumber} AS device
    FROM ${published_customer_trusted}
)
SELECT 'customer_trusted' AS made, coalesce(sum(r.explains), 0) AS explained, count(*) AS refusing
FROM customer c
JOIN refusing r ON r.person = c.person
UNION ALL
SELECT 'accelerometer_trusted', coalesce(sum(r.explains), 0), 0
FROM (SELECT ${clean_user} AS person FROM ${published_accelerometer_trusted}) a
JOIN refusing r ON r.person = a.person
UNION ALL
SELECT 'customers_curated', coalesce(sum(r.explains), 0), 0
FROM (SELECT ${clean_email} AS person FROM ${published_customers_curated}) c
JOIN refusing r ON r.person = c.person
UNION ALL
SELECT 'step_trainer_trusted', coalesce(sum(r.explains), 0), 0
FROM (SELECT ${clean_serialnumber} AS device FROM ${published_step_trainer_trusted}) s
JOIN customer c ON c.device = s.device
JOIN refusing r ON r.person = c.person
UNION ALL
SELECT 'machine_learning_curated', coalesce(sum(r.explains), 0), 0
FROM ${published_machine_learning_curated} m
JOIN refusing r ON r.pseudonym = m.pseudonym
