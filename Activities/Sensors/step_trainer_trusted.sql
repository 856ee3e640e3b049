-- Readings of curated customers' devices, without duplicates. Readings of a device that the records of several people claim,
-- with or without consent, are left out. Under AtReading a reading must not be older than its owner's consent.
WITH unambiguous AS (
    SELECT lower(trim(serialnumber)) AS device
    FROM ${customer_staged}
    WHERE rejected_reason IS NULL
    GROUP BY lower(trim(serialnumber))
    HAVING count(DISTINCT lower(trim(email))) = 1
)
SELECT s.sensorreadingtime, min(s.serialnumber) AS serialnumber, s.distancefromobject
FROM ${step_trainer_staged} s
JOIN ${customers_curated} c ON lower(trim(c.serialnumber)) = lower(trim(s.serialnumber))
WHERE s.rejected_reason IS NULL
    AND lower(trim(s.serialnumber)) IN (SELECT device FROM unambiguous)
    AND ('${policy}' = 'Given' OR s.sensorreadingtime >= c.sharewithresearchasofdate)
GROUP BY lower(trim(s.serialnumber)), s.sensorreadingtime, s.distancefromobject
