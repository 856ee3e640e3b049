using Microsoft.Extensions.Logging;

namespace Stedi.DevStack.Aws.Configuration;

/// <summary>Where the local S3, Glue and Athena keep things, what they may use, and who may read what.</summary>
public sealed record LocalAwsOptions
{
    /// <value>The TCP port of 127.0.0.1 to listen on; 0 (the default) takes a free one.</value>
    public int Port { get; init; }

    /// <value>Its sub-folders are the buckets, the files below them the objects. Created when missing.</value>
    public required string LakeDirectory { get; init; }

    /// <value>Catalogue, query history and object metadata (SQLite), unfinished uploads. Created when missing.</value>
    public required string StateDirectory { get; init; }

    /// <value>Threads one query may use. The default is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <value>Memory all running queries may use together, in MiB; beyond it they spill to disk. The default is 3072.</value>
    public int MemoryLimitMiB { get; init; } = 3072;

    /// <value>
    /// Queries that run at the same time; more wait in state QUEUED. The default is 2: each has all threads and its share of
    /// the memory, and more of them take longer together than one after the other.
    /// </value>
    public int ConcurrentQueries { get; init; } = 2;

    /// <value>Glue databases whose tables only a privileged caller may query or change.</value>
    public IReadOnlyList<string> RestrictedDatabases { get; init; } = [];

    /// <value>Prefixes in the form <c>s3://bucket/prefix/</c> that only a privileged caller may read, list or write.</value>
    public IReadOnlyList<string> RestrictedPrefixes { get; init; } = [];

    /// <value>Tables in the form <c>database.table</c>, or <c>database.*</c> for all of a database, that everybody may read, and only a privileged caller may make, change or drop.</value>
    public IReadOnlyList<string> ProtectedTables { get; init; } = [];

    /// <value>Work groups that everybody may use, and only a privileged caller may change or delete.</value>
    public IReadOnlyList<string> ProtectedWorkGroups { get; init; } = [];

    /// <value>Prefixes in the form <c>s3://bucket/prefix/</c> that everybody may read, and only a privileged caller may write.</value>
    public IReadOnlyList<string> ProtectedPrefixes { get; init; } = [];

    /// <value>Access key ids that may touch what is restricted, and change what is protected. Signatures are not verified, so
    /// that whoever knows such an id may do so: choose random ones where others use the machine. They are neither logged nor kept.</value>
    public IReadOnlyList<string> PrivilegedAccessKeys { get; init; } = [];

    /// <value>The user name of privileged callers in answers, because their access key id is a secret.</value>
    public string PrivilegedUser { get; init; } = "privileged";

    public ILoggerFactory? LoggerFactory { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
