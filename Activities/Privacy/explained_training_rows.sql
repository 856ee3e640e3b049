-- How many rows of a snapshot's training table belong to each person, by the pseudonyms that the present key makes.
WITH ${subjects}
SELECT 'machine_learning_curated' AS made, p.number, count(*) AS n
FROM ${machine_learning_curated} t
JOIN (
    SELECT number, lower(to_hex(hmac_sha256(to_utf8(person), to_utf8((SELECT key FROM ${pseudonym_key}))))) AS pseudonym
    FROM subject
) p ON p.pseudonym = t.pseudonym
GROUP BY p.number
