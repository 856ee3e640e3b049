-- Each device's owner: NULL if the lines of several people claim it.
device AS (
    SELECT device, CASE WHEN count(DISTINCT person) = 1 THEN min(person) END AS owner
    FROM ${customer_staged}
    WHERE device IS NOT NULL AND person IS NOT NULL AND coalesce(reason, '') NOT IN ('blank line', 'cleared line')
    GROUP BY device
)
