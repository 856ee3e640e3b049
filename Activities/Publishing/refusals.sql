-- How many customers of the last snapshot refuse now.
WITH ${refusing}
SELECT count(*) AS refusing
FROM customer c
JOIN refusing r ON r.person = c.person
