-- The deciding record of every person who is not withheld, if it has a research consent. What a rejected line may be is doubt about
-- its person: docs/privacy.md has the rules.
WITH line AS (
    SELECT * FROM ${customer_staged} WHERE person IS NOT NULL AND coalesce(reason, '') NOT IN ('blank line', 'cleared line')
),
person AS (
    SELECT
        person,
        max(CASE WHEN reason IS NULL AND lastupdatedate <= ${as_of} THEN lastupdatedate END) AS last_update,
        count_if(reason IS NULL) AS records,
        count_if(reason IS NULL AND sharewithresearchasofdate IS NOT NULL) AS consents,
        count_if(reason IS NULL AND sharewithresearchasofdate IS NULL AND lastupdatedate IS NULL) AS undated_refusals
    FROM line
    GROUP BY person
),
judged AS (
    SELECT
        l.*,
        CASE
            WHEN l.reason IS NULL AND l.sharewithresearchasofdate IS NULL THEN 'refusal'
            WHEN l.reason IS NULL AND l.record_time <= ${as_of} AND l.sharewithresearchasofdate <= ${as_of} THEN 'consent'
            WHEN l.reason IS NULL THEN 'not yet in force'
            -- A later record says what holds now. Unless the line gives a consent, it was a refusal at its time.
            WHEN l.lastupdatedate IS NOT NULL AND p.last_update > l.record_time THEN CASE WHEN l.states_consent THEN 'no matter' ELSE 'refusal' END
            WHEN p.records > 0 AND l.sharewithresearchasofdate <= ${as_of} AND coalesce(l.record_time, 0) <= ${as_of} THEN 'no matter'
            ELSE 'doubt'
        END AS effect
    FROM line l
    JOIN person p ON p.person = l.person
    WHERE p.consents > 0 AND p.undated_refusals = 0
),
counted AS (
    SELECT
        *,
        count_if(effect = 'doubt') OVER (PARTITION BY person) AS doubts,
        max(CASE WHEN effect = 'refusal' THEN record_time END) OVER (PARTITION BY person ORDER BY record_time) AS last_refusal
    FROM judged
),
ranked AS (
    -- Of equal records, the other columns only make the choice deterministic.
    SELECT
        *,
        row_number() OVER (
            PARTITION BY person
            ORDER BY
                record_time DESC,
                CASE WHEN effect = 'refusal' THEN 0 ELSE 1 END,
                sharewithresearchasofdate DESC,
                device DESC,
                lastupdatedate, registrationdate, serialnumber, email, customername, birthday, phone, sharewithpublicasofdate, sharewithfriendsasofdate) AS recency
    FROM counted
    WHERE doubts = 0
        AND (effect = 'refusal' OR (effect = 'consent' AND sharewithresearchasofdate >= coalesce(last_refusal, 0)))
)
SELECT
    serialnumber, sharewithpublicasofdate, birthday, registrationdate, sharewithresearchasofdate,
    customername, email, lastupdatedate, phone, sharewithfriendsasofdate, person, device
FROM ranked
WHERE recency = 1
    AND effect = 'consent'
