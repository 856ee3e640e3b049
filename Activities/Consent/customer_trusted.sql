-- The latest record of every person, where it carries a research consent. Among records of the same time one without
-- consent wins, so a withdrawal always holds; the rest of the order only makes the choice repeatable.
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
