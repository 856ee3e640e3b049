-- Each step reading with the accelerometer readings of the same person at the same instant. A join on the instant alone would
-- combine the readings of different people. Each person's pseudonym is computed once.
WITH person AS (
    SELECT
        lower(trim(c.email)) AS email,
        lower(trim(c.serialnumber)) AS device,
        lower(to_hex(hmac_sha256(to_utf8(lower(trim(c.email))), to_utf8((SELECT key FROM ${pseudonym_key}))))) AS pseudonym
    FROM ${customers_curated} c
)
SELECT p.pseudonym, s.sensorreadingtime, s.distancefromobject, a.x, a.y, a.z
FROM ${step_trainer_trusted} s
JOIN person p ON p.device = lower(trim(s.serialnumber))
JOIN ${accelerometer_trusted} a ON lower(trim(a."user")) = p.email AND a."timestamp" = s.sensorreadingtime
