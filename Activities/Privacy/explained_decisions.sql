-- What the consent rules decide about each person. Somebody whom no line names has neither a consent nor a reason.
WITH ${people},
${subjects}
SELECT s.number, p.since, p.reason
FROM subject s
LEFT JOIN person p ON p.person = s.person
ORDER BY s.number
