-- Of today's customer lines those of the people whom an identity names, and of everybody who claims one of their devices: what the
-- decision needs, and no line of anybody else.
WITH staged AS (
${staging}
),
${subjects}
SELECT ${columns}
FROM staged
WHERE person IN (SELECT person FROM subject)
    OR device IN (SELECT device FROM staged WHERE person IN (SELECT person FROM subject) AND device IS NOT NULL)
    OR device IN (SELECT identity FROM asked)
