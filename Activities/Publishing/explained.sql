-- How many rows of the last snapshot's tables belong to people who refuse now.
WITH ${refusing}
SELECT 'customer_trusted' AS made, coalesce(sum(r.explains), 0) AS explained
FROM customer c
JOIN refusing r ON r.person = c.person
UNION ALL
SELECT 'accelerometer_trusted', coalesce(sum(r.explains), 0)
FROM (SELECT ${clean_user} AS person FROM ${published_accelerometer_trusted}) a
JOIN refusing r ON r.person = a.person
UNION ALL
SELECT 'customers_curated', coalesce(sum(r.explains), 0)
FROM (SELECT ${clean_email} AS person FROM ${published_customers_curated}) c
JOIN refusing r ON r.person = c.person
UNION ALL
SELECT 'step_trainer_trusted', coalesce(sum(r.explains), 0)
FROM (SELECT ${clean_serialnumber} AS device FROM ${published_step_trainer_trusted}) s
JOIN customer c ON c.device = s.device
JOIN refusing r ON r.person = c.person
UNION ALL
SELECT 'machine_learning_curated', coalesce(sum(r.explains), 0)
FROM ${published_machine_learning_curated} m
JOIN refusing r ON r.pseudonym = m.pseudonym
