-- Per table, the duplicate rows of a person or a reading.
SELECT 'customer_trusted' AS made, count(*) AS checked, count(*) - count(DISTINCT person) AS violations
FROM ${customer_trusted}
UNION ALL
SELECT 'customers_curated', count(*), count(*) - count(DISTINCT person)
FROM ${customers_curated}
UNION ALL
SELECT 'accelerometer_trusted', coalesce(sum(copies), 0), coalesce(sum(copies - 1), 0)
FROM (
    SELECT count(*) AS copies
    FROM ${accelerometer_trusted}
    GROUP BY person, "timestamp", x, y, z
) reading
UNION ALL
SELECT 'step_trainer_trusted', coalesce(sum(copies), 0), coalesce(sum(copies - 1), 0)
FROM (
    SELECT count(*) AS copies
    FROM ${step_trainer_trusted}
    GROUP BY device, sensorreadingtime, distancefromobject
) step
UNION ALL
SELECT 'machine_learning_curated', coalesce(sum(copies), 0), coalesce(sum(copies - 1), 0)
FROM (
    SELECT count(*) AS copies
    FROM ${machine_learning_curated}
    GROUP BY pseudonym, sensorreadingtime, distancefromobject, x, y, z
) pair
