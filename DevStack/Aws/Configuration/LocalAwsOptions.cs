using Microsoft.Extensions.Logging;

namespace Stedi.DevStack.Aws.Configuration;

/// <summary>Settings of the local S3, Glue and Athena: directories, resources and permissions.</summary>
public sealed record LocalAwsOptions
{
    /// <value>The TCP port of 127.0.0.1 to listen on; 0 (the default) chooses a free one.</value>
    public int Port { get; init; }

    /// <value>Its sub-folders are the buckets, the files below them the objects. Created if missing.</value>
    public required string LakeDirectory { get; init; }

    /// <value>For the catalogue, query history and object metadata (SQLite), and unfinished uploads. Created if missing.</value>
    public required string StateDirectory { get; init; }

    /// <value>Threads one query may use. The default is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <value>Memory all running queries may use together, in MiB; beyond it they spill to disk. The default is 3072.</value>
    public int MemoryLimitMiB { get; init; } = 3072;

    /// <value>
    /// Queries that run at the same time; others wait in state QUEUED. The default is 2: each query uses all threads and an equal
    /// share of the memory, so that more concurrent queries take longer in total.
    /// </value>
    public int ConcurrentQueries { get; init; } = 2;

    /// <value>Glue databases whose tables only a privileged caller may query or change.</value>
    public IReadOnlyList<string> RestrictedDatabases { get; init; } = [];

    /// <value>Prefixes in the form <c>s3://bucket/prefix/</c> that only a privileged caller may read, list or write.</value>
    public IReadOnlyList<string> RestrictedPrefixes { get; init; } = [];

    /// <value>Tables in the form <c>database.table</c>, or <c>database.*</c> for all tables of a database, that only a privileged caller may create, change or drop.</value>
    public IReadOnlyList<string> ProtectedTables { get; init; } = [];

    /// <value>Work groups that only a privileged caller may change or delete.</value>
    public IReadOnlyList<string> ProtectedWorkGroups { get; init; } = [];

    /// <value>Prefixes in the form <c>s3://bucket/prefix/</c> that only a privileged caller may write.</value>
    public IReadOnlyList<string> ProtectedPrefixes { get; init; } = [];

    /// <value>Access key ids of privileged callers. Signatures are not verified, so an id is a secret: choose random ones where
    /// others use the machine. They are neither logged nor stored.</value>
    public IReadOnlyList<string> PrivilegedAccessKeys { get; init; } = [];

    /// <value>The user name of privileged callers in responses, because their access key id is a secret.</value>
    public string PrivilegedUser { get; init; } = "privileged";

    /// <value>Callers with some of the rights of a privileged caller.</value>
    public IReadOnlyList<AccessGrant> Grants { get; init; } = [];

    public ILoggerFactory? LoggerFactory { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>
/// The rights of a caller who may read some of what is restricted. Of everything, restricted or not, it may change only what
/// is named here.
/// </summary>
public sealed record AccessGrant
{
    /// <value>The caller's access key id, a secret like that of a privileged caller.</value>
    public required string AccessKey { get; init; }

    /// <value>The caller's user name in responses.</value>
    public required string User { get; init; }

    /// <value>The restricted databases that the caller may use.</value>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <value>The tables that the caller may create, change and drop: <c>database.table</c>, where a final <c>*</c> stands for any ending.</value>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <value>The restricted prefixes, in the form <c>s3://bucket/prefix/</c>, that the caller may read and list.</value>
    public IReadOnlyList<string> ReadPrefixes { get; init; } = [];

    /// <value>The prefixes, in the form <c>s3://bucket/prefix/</c>, that the caller may read, list and write.</value>
    public IReadOnlyList<string> WritePrefixes { get; init; } = [];
}
