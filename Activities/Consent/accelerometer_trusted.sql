-- Readings of trusted customers, without duplicates. Under AtReading a reading must not be older than the consent.
SELECT min(a."user") AS "user", a."timestamp", a.x, a.y, a.z
FROM ${accelerometer_staged} a
JOIN ${customer_trusted} c ON lower(trim(c.email)) = lower(trim(a."user"))
WHERE a.rejected_reason IS NULL
    AND ('${policy}' = 'Given' OR a."timestamp" >= c.sharewithresearchasofdate)
GROUP BY lower(trim(a."user")), a."timestamp", a.x, a.y, a.z
