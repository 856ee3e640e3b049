-- Measures the pseudonym key without returning it. The fingerprint distinguishes keys and does not reveal them. An empty key has
-- none, because Trino rejects an empty HMAC key.
WITH measured AS (
    SELECT count(*) AS keys, coalesce(min(length(to_hex(to_utf8(trim(key)))) / 2), 0) AS bytes, max(key) AS key
    FROM ${pseudonym_key}
)
SELECT
    keys,
    bytes,
    CASE WHEN keys = 1 AND bytes >= ${minimum_bytes} THEN lower(to_hex(hmac_sha256(to_utf8('stedi pseudonym key'), to_utf8(key)))) END AS fingerprint
FROM measured
