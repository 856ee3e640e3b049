-- The people whom an identity names: itself if it is an address, everybody who claims it if it is a serial number.
asked AS (
    SELECT ${cleaned_identity} AS identity FROM ${identity}
),
subject AS (
    SELECT person, row_number() OVER (ORDER BY person) AS number
    FROM (
        SELECT person
        FROM ${lines}
        WHERE person IS NOT NULL
            AND (person IN (SELECT identity FROM asked) OR (device IN (SELECT identity FROM asked) AND coalesce(reason, '') <> 'cleared line'))
        UNION
        SELECT identity FROM asked WHERE strpos(identity, '@') > 0
    ) named
)
