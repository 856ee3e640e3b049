-- What the audits compare with: each person's consent or the reason why they are withheld, and how many of their lines matter for that.
WITH ${people},
known_line AS (
    SELECT person, count(*) AS lines
    FROM (
        SELECT person FROM record
        UNION ALL
        SELECT person FROM rejected WHERE is_superseded OR consents
    ) known
    GROUP BY person
)
SELECT p.person, p.since, p.reason, p.number, coalesce(k.lines, 0) AS known_lines
FROM person p
LEFT JOIN known_line k ON k.person = p.person
