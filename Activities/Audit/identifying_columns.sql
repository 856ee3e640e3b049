-- Training rows whose pseudonym is not one: an email or a serial number in its place would show here.
SELECT count(*) AS checked, count_if(NOT coalesce(regexp_like(pseudonym, '^[0-9a-f]{64}$'), false)) AS violations
FROM ${machine_learning_curated}
