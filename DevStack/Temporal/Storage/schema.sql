-- The server's state. user_version counts incompatible changes of this schema or of the values' format.
CREATE TABLE IF NOT EXISTS records (
    kind  INTEGER NOT NULL,             -- RecordKind
    key   TEXT    NOT NULL,
    value BLOB    NOT NULL,
    PRIMARY KEY (kind, key)             -- records are read by key, and by kind when the server starts
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS history (
    run_id   TEXT    NOT NULL,
    event_id INTEGER NOT NULL,
    value    BLOB    NOT NULL,          -- temporal.api.history.v1.HistoryEvent
    PRIMARY KEY (run_id, event_id)      -- a run's events in order
) WITHOUT ROWID;
