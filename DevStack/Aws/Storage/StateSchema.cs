namespace Stedi.DevStack.Aws.Storage;

internal static class StateSchema
{
    /// <summary>Documents are JSON as they go over the wire, so that no member a client sent is lost.</summary>
    public const string Text =
        """
        CREATE TABLE object (bucket TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
          etag TEXT NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID;
        CREATE TABLE upload (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL, initiated INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE upload_part (upload TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
          PRIMARY KEY (upload, number)) WITHOUT ROWID;
        CREATE TABLE database (name TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE table_version (database TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, current INTEGER NOT NULL, document TEXT NOT NULL,
          PRIMARY KEY (database, name, version)) WITHOUT ROWID;
        CREATE UNIQUE INDEX current_table ON table_version (database, name) WHERE current = 1;
        CREATE TABLE partition (database TEXT NOT NULL, name TEXT NOT NULL, partition_values TEXT NOT NULL, document TEXT NOT NULL,
          PRIMARY KEY (database, name, partition_values)) WITHOUT ROWID;
        CREATE TABLE crawler (name TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE work_group (name TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE query (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, work_group TEXT NOT NULL, token TEXT, request_hash TEXT NOT NULL,
          state TEXT NOT NULL, caller TEXT, document TEXT NOT NULL);
        CREATE UNIQUE INDEX query_token ON query (token) WHERE token IS NOT NULL;
        CREATE INDEX query_open ON query (state) WHERE state IN ('QUEUED', 'RUNNING');
        CREATE TABLE prepared_statement (work_group TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (work_group, name)) WITHOUT ROWID;

        """;

    /// <summary>Version 1 did not record that a query runs, so any that had not ended may be the one that ended the process.</summary>
    public const string FromVersion1 = "UPDATE query SET state = 'RUNNING' WHERE state = 'QUEUED';";
}
