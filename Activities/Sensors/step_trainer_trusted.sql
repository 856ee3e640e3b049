-- Readings of curated customers' devices, without duplicates. Readings of a device that the lines of several people claim, with or
-- without consent, accepted or rejected, are left out. Under AtReading a reading must not be older than its owner's consent.
WITH unambiguous AS (
    SELECT device
    FROM ${customer_staged}
    WHERE person IS NOT NULL AND device IS NOT NULL AND coalesce(reason, '') NOT IN ('blank line', 'cleared line')
    GROUP BY device
    HAVING count(DISTINCT person) = 1
)
SELECT s.sensorreadingtime, min(s.serialnumber) AS serialnumber, s.distancefromobject, s.device
FROM ${step_trainer_staged} s
JOIN ${customers_curated} c ON c.device = s.device
WHERE s.reason IS NULL
    AND s.device IN (SELECT device FROM unambiguous)
    AND ('${policy}' = 'Given' OR s.sensorreadingtime >= c.sharewithresearchasofdate)
GROUP BY s.device, s.sensorreadingtime, s.distancefromobject
