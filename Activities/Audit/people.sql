-- Who consents since when, and whose device is whose: recomputed from what landed, in another way than the tables are made.
record AS (
    SELECT
        lower(trim(email)) AS person,
        lower(trim(serialnumber)) AS device,
        coalesce(lastupdatedate, registrationdate) AS updated,
        registrationdate AS registered,
        CASE WHEN sharewithresearchasofdate > 0 THEN sharewithresearchasofdate END AS consent
    FROM ${customer_staged}
    WHERE rejected_reason IS NULL
),
last_update AS (
    SELECT person, max(updated) AS updated FROM record GROUP BY person
),
last_registration AS (
    SELECT r.person, r.updated, max(r.registered) AS registered
    FROM record r
    JOIN last_update u ON u.person = r.person AND u.updated = r.updated
    GROUP BY r.person, r.updated
),
person AS (
    -- NULL since: no consent, because one of the latest records has none. The number stands for the person where millions of
    -- rows are grouped or joined.
    SELECT
        r.person,
        CASE WHEN count(r.consent) = count(*) THEN max(r.consent) END AS since,
        row_number() OVER (ORDER BY r.person) AS number
    FROM record r
    JOIN last_registration l ON l.person = r.person AND l.updated = r.updated AND l.registered = r.registered
    GROUP BY r.person
),
device AS (
    -- NULL owner: several people claim it.
    SELECT device, CASE WHEN count(DISTINCT person) = 1 THEN min(person) END AS owner
    FROM record
    GROUP BY device
)
