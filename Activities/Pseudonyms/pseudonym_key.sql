-- Measures the pseudonym key without reading it out. The fingerprint tells two keys apart and leads back to neither. An empty
-- key gets none, because Trino refuses one for an HMAC.
WITH measured AS (
    SELECT count(*) AS keys, coalesce(min(length(to_hex(to_utf8(trim(key)))) / 2), 0) AS bytes, max(key) AS key
    FROM ${pseudonym_key}
)
SELECT
    keys,
    bytes,
    CASE WHEN keys = 1 AND bytes >= ${minimum_bytes} THEN lower(to_hex(hmac_sha256(to_utf8('stedi pseudonym key'), to_utf8(key)))) END AS fingerprint
FROM measured
