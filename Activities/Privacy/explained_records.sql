-- The records of each person in the order of their times. People and devices are numbered, so that no identity is in the result.
WITH ${subjects},
claim AS (
    SELECT device, count(DISTINCT person) AS people
    FROM ${lines}
    WHERE person IS NOT NULL AND device IS NOT NULL AND coalesce(reason, '') <> 'cleared line'
    GROUP BY device
)
SELECT
    s.number, l.record_time, l.source_file, l.reason, l.lastupdatedate, l.sharewithresearchasofdate, l.states_consent, l.line_key,
    CASE WHEN l.device IS NOT NULL THEN dense_rank() OVER (PARTITION BY s.number ORDER BY l.device) END AS device_number,
    c.people AS device_people
FROM ${lines} l
JOIN subject s ON s.person = l.person
LEFT JOIN claim c ON c.device = l.device
ORDER BY s.number, l.record_time, l.source_file, l.line_key
