-- Readings of trusted customers, without duplicates. Under AtReading a reading must not be older than the consent.
SELECT min(a."user") AS "user", a."timestamp", a.x, a.y, a.z, a.person
FROM ${accelerometer_staged} a
JOIN ${customer_trusted} c ON c.person = a.person
WHERE a.reason IS NULL
    AND ('${policy}' = 'Given' OR a."timestamp" >= c.sharewithresearchasofdate)
GROUP BY a.person, a."timestamp", a.x, a.y, a.z
