-- Each step reading with the accelerometer readings of the same person at the same instant. A join on the instant alone would
-- combine the readings of different people. Each person's pseudonym is computed once.
WITH pseudonym AS (
    SELECT
        person,
        device,
        lower(to_hex(hmac_sha256(to_utf8(person), to_utf8((SELECT key FROM ${pseudonym_key}))))) AS pseudonym
    FROM ${customers_curated}
)
SELECT p.pseudonym, s.sensorreadingtime, s.distancefromobject, a.x, a.y, a.z
FROM ${step_trainer_trusted} s
JOIN pseudonym p ON p.device = s.device
JOIN ${accelerometer_trusted} a ON a.person = p.person AND a."timestamp" = s.sensorreadingtime
