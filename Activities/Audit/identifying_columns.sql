-- Training rows whose pseudonym is not an HMAC, for example an email address or a serial number.
SELECT
    coalesce(sum(training_rows), 0) AS checked,
    coalesce(sum(CASE WHEN coalesce(regexp_like(pseudonym, '\A[0-9a-f]{64}\z'), false) THEN 0 ELSE training_rows END), 0) AS violations
FROM (
    SELECT pseudonym, count(*) AS training_rows
    FROM ${machine_learning_curated}
    GROUP BY pseudonym
) person
