-- The people who refuse now, and the customers of the last snapshot.
refusing AS (
    -- A refusal without a date cannot be ordered among the person's consents, so it explains nothing.
    SELECT
        person,
        CASE WHEN reason = '${undated}' THEN 0 ELSE 1 END AS explains,
        lower(to_hex(hmac_sha256(to_utf8(person), to_utf8((SELECT key FROM ${pseudonym_key}))))) AS pseudonym
    FROM ${decided_people}
    WHERE reason IN (${refusals})
),
customer AS (
    SELECT ${clean_email} AS person, ${clean_serialnumber} AS device
    FROM ${published_customer_trusted}
)
