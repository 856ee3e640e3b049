-- Everything the server knows. user_version counts changes of this file or of what the values mean.
CREATE TABLE IF NOT EXISTS records (
    kind  INTEGER NOT NULL,             -- RecordKind
    key   TEXT    NOT NULL,
    value BLOB    NOT NULL,
    PRIMARY KEY (kind, key)             -- one record by key; all of a kind at the start
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS history (
    run_id   TEXT    NOT NULL,
    event_id INTEGER NOT NULL,
    value    BLOB    NOT NULL,          -- temporal.api.history.v1.HistoryEvent
    PRIMARY KEY (run_id, event_id)      -- a run's events in order
) WITHOUT ROWID;
