-- Each person's consent and each device's owner. Computed from the landed data, independently of the SQL that builds the tables.
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
    -- since is NULL without consent, which includes a person whose latest records disagree. Grouping and joining millions of
    -- rows is cheaper by number than by email.
    SELECT
        r.person,
        CASE WHEN count(r.consent) = count(*) THEN max(r.consent) END AS since,
        row_number() OVER (ORDER BY r.person) AS number
    FROM record r
    JOIN last_registration l ON l.person = r.person AND l.updated = r.updated AND l.registered = r.registered
    GROUP BY r.person
),
device AS (
    -- owner is NULL if the records of several people claim the device.
    SELECT device, CASE WHEN count(DISTINCT person) = 1 THEN min(person) END AS owner
    FROM record
    GROUP BY device
)
