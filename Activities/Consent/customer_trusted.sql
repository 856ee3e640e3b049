-- The latest record of every person, if it has a research consent. Among records of the same time, one without consent takes
-- precedence, so that a withdrawal is never lost. The other sort columns only make the choice deterministic.
WITH ranked AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY lower(trim(email))
            ORDER BY
                coalesce(lastupdatedate, registrationdate) DESC,
                registrationdate DESC,
                CASE WHEN sharewithresearchasofdate > 0 THEN 1 ELSE 0 END,
                sharewithresearchasofdate DESC,
                serialnumber, customername, birthday, phone) AS recency
    FROM ${customer_staged}
    WHERE rejected_reason IS NULL
)
SELECT
    serialnumber, sharewithpublicasofdate, birthday, registrationdate, sharewithresearchasofdate,
    customername, email, lastupdatedate, phone, sharewithfriendsasofdate
FROM ranked
WHERE recency = 1
    AND sharewithresearchasofdate > 0
