-- Each person's consent or the reason why they are withheld. Computed from the staged lines in another way than the SQL that builds the
-- tables.
line AS (
    SELECT person, reason, lastupdatedate AS updated, record_time, sharewithresearchasofdate AS consent, states_consent
    FROM ${customer_staged}
    WHERE person IS NOT NULL AND coalesce(reason, '') NOT IN ('blank line', 'cleared line')
),
record AS (
    SELECT person, updated, record_time, consent FROM line WHERE reason IS NULL
),
record_summary AS (
    SELECT
        person,
        max(CASE WHEN updated <= ${as_of} THEN updated END) AS updated,
        count(*) - count(consent) - sum(CASE WHEN consent IS NULL AND updated IS NOT NULL THEN 1 ELSE 0 END) AS undated_refusals,
        count(consent) AS consents
    FROM record
    GROUP BY person
),
rejected AS (
    SELECT
        l.person,
        l.record_time,
        l.states_consent,
        coalesce(l.updated IS NOT NULL AND l.record_time < s.updated, false) AS is_superseded,
        coalesce(l.consent <= ${as_of} AND coalesce(l.record_time, 0) <= ${as_of} AND s.person IS NOT NULL, false) AS consents
    FROM line l
    LEFT JOIN record_summary s ON s.person = l.person
    WHERE l.reason IS NOT NULL
),
refusal AS (
    SELECT person, record_time FROM record WHERE consent IS NULL
    UNION ALL
    SELECT person, record_time FROM rejected WHERE is_superseded AND NOT states_consent
),
last_refusal AS (
    SELECT person, max(record_time) AS record_time FROM refusal GROUP BY person
),
consent AS (
    SELECT r.person, r.record_time, r.consent, count(f.person) AS later_refusals
    FROM record r
    LEFT JOIN refusal f ON f.person = r.person AND f.record_time < r.record_time AND f.record_time > r.consent
    WHERE r.consent IS NOT NULL
    GROUP BY r.person, r.record_time, r.consent
),
counting AS (
    SELECT person, record_time, consent FROM consent WHERE later_refusals = 0 AND consent <= ${as_of} AND record_time <= ${as_of}
),
last_consent AS (
    SELECT person, max(record_time) AS record_time FROM counting GROUP BY person
),
decision AS (
    SELECT c.person, max(c.consent) AS consent
    FROM counting c
    JOIN last_consent l ON l.person = c.person AND l.record_time = c.record_time
    LEFT JOIN last_refusal f ON f.person = c.person AND f.record_time >= c.record_time
    WHERE f.person IS NULL
    GROUP BY c.person
),
withheld AS (
    -- The lowest number is the reason that is given.
    SELECT person, min(rank) AS rank
    FROM (
        SELECT person, 1 AS rank FROM rejected WHERE NOT is_superseded AND NOT consents
        UNION ALL
        SELECT person, 2 FROM record_summary WHERE undated_refusals > 0 AND consents > 0
        UNION ALL
        SELECT person, 4 FROM consent WHERE later_refusals > 0
        UNION ALL
        SELECT person, 5 FROM record WHERE consent > ${as_of} OR (consent IS NOT NULL AND record_time > ${as_of})
        UNION ALL
        SELECT person, 6 FROM line
        UNION ALL
        SELECT person, 3 FROM decision
    ) ranked
    GROUP BY person
),
person AS (
    -- since is NULL for everybody who is withheld. Grouping and joining millions of rows is cheaper by number than by email.
    SELECT
        w.person,
        CASE WHEN w.rank = 3 THEN d.consent END AS since,
        CASE w.rank
            WHEN 1 THEN 'consent record unreadable'
            WHEN 2 THEN 'undated withdrawal'
            WHEN 4 THEN 'earlier withdrawal'
            WHEN 5 THEN 'consent not yet in force'
            WHEN 6 THEN 'no consent'
        END AS reason,
        row_number() OVER (ORDER BY w.person) AS number
    FROM withheld w
    LEFT JOIN decision d ON d.person = w.person
)
