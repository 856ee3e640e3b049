using Microsoft.AspNetCore.Http;
using Stedi.DevStack.Aws.Configuration;

namespace Stedi.DevStack.Aws.Protocol;

/// <summary>
/// Decides which databases, tables, work groups and objects a caller may use or change: a privileged caller everything, a
/// caller with a grant what the grant names, any other caller what is neither restricted nor protected.
/// </summary>
internal sealed class AccessPolicy(LocalAwsOptions options)
{
    private readonly HashSet<string> _databases = options.RestrictedDatabases.Select(d => d.ToLowerInvariant()).ToHashSet();
    private readonly HashSet<string> _tables = options.ProtectedTables.Select(t => t.ToLowerInvariant()).ToHashSet();
    private readonly HashSet<string> _privileged = [.. options.PrivilegedAccessKeys];
    private readonly Grant[] _grants = [.. options.Grants.Select(grant => new Grant(grant))];
    private readonly (string Bucket, string Prefix)[] _restricted = [.. options.RestrictedPrefixes.Select(Split)];
    private readonly (string Bucket, string Prefix)[] _unwritable = [.. options.RestrictedPrefixes.Concat(options.ProtectedPrefixes).Select(Split)];

    public bool MayUseDatabase(Principal principal, string database) =>
        IsPrivileged(principal) || !_databases.Contains(database.ToLowerInvariant()) || Find(principal)?.Databases.Contains(database.ToLowerInvariant()) == true;

    /// <summary>Whether the database itself may be changed, or dropped with all its tables.</summary>
    public bool MayChangeDatabase(Principal principal, string database) =>
        IsPrivileged(principal)
        || (Find(principal) is null && MayUseDatabase(principal, database) && !_tables.Any(t => t.StartsWith(database.ToLowerInvariant() + ".", StringComparison.Ordinal)));

    /// <summary>Whether a table of this name may be created, changed and dropped.</summary>
    public bool MayChangeTable(Principal principal, string database, string table) =>
        IsPrivileged(principal)
        || (Find(principal) is { } grant
            ? grant.CoversTable($"{database}.{table}".ToLowerInvariant())
            : !(_tables.Contains($"{database}.{table}".ToLowerInvariant()) || _tables.Contains($"{database}.*".ToLowerInvariant())));

    public bool MayChangeWorkGroup(Principal principal, string workGroup) =>
        IsPrivileged(principal) || (Find(principal) is null && !options.ProtectedWorkGroups.Contains(workGroup));

    public bool MayUseObject(Principal principal, string bucket, string key) =>
        IsPrivileged(principal) || !IsBelow(_restricted, bucket, key) || (Find(principal) is { } grant && IsBelow(grant.Readable, bucket, key));

    public bool MayWriteObject(Principal principal, string bucket, string key) =>
        IsPrivileged(principal) || (Find(principal) is { } grant ? IsBelow(grant.Writable, bucket, key) : !IsBelow(_unwritable, bucket, key));

    /// <summary>Whether every object below <paramref name="prefix"/> may be used.</summary>
    public bool MayUsePrefix(Principal principal, string bucket, string prefix) =>
        IsPrivileged(principal) || !Overlaps(_restricted, bucket, prefix) || (Find(principal) is { } grant && IsBelow(grant.Readable, bucket, prefix));

    /// <summary>Whether objects may be written anywhere below <paramref name="prefix"/>.</summary>
    public bool MayWritePrefix(Principal principal, string bucket, string prefix) =>
        IsPrivileged(principal) || (Find(principal) is { } grant ? IsBelow(grant.Writable, bucket, prefix) : !Overlaps(_unwritable, bucket, prefix));

    /// <summary>The access key id to store for the caller. One that is a secret is replaced.</summary>
    public string? StoredKeyOf(Principal principal) =>
        IsPrivileged(principal) ? Principal.Privileged : Find(principal)?.StoredKey ?? principal.AccessKey;

    /// <summary>The caller's name for responses.</summary>
    public string UserOf(Principal principal) =>
        IsPrivileged(principal) ? options.PrivilegedUser : Find(principal)?.User ?? principal.AccessKey ?? "anonymous";

    private bool IsPrivileged(Principal principal) => principal.AccessKey is { } key && (key == Principal.Privileged || _privileged.Contains(key));

    private Grant? Find(Principal principal) => Array.Find(_grants, grant => principal.AccessKey == grant.AccessKey || principal.AccessKey == grant.StoredKey);

    private static bool Overlaps((string Bucket, string Prefix)[] prefixes, string bucket, string prefix) =>
        IsBelow(prefixes, bucket, prefix) || Array.Exists(prefixes, p => p.Bucket == bucket && p.Prefix.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // Ignores case: on some file systems keys that differ only in case are one file.
    private static bool IsBelow((string Bucket, string Prefix)[] prefixes, string bucket, string key) =>
        Array.Exists(prefixes, p => p.Bucket == bucket && key.StartsWith(p.Prefix, StringComparison.OrdinalIgnoreCase));

    private static (string, string) Split(string uri)
    {
        if (!uri.StartsWith("s3://", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The prefix '{uri}' is not of the form s3://bucket/prefix/.");
        }

        var parts = uri["s3://".Length..].Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private sealed class Grant(AccessGrant grant)
    {
        public string AccessKey => grant.AccessKey;

        public string User => grant.User;

        /// <summary>Stored in place of the access key id, like <see cref="Principal.Privileged"/>.</summary>
        public string StoredKey { get; } = $"/{grant.User}";

        public HashSet<string> Databases { get; } = grant.Databases.Select(d => d.ToLowerInvariant()).ToHashSet();

        public (string Bucket, string Prefix)[] Readable { get; } = [.. grant.ReadPrefixes.Concat(grant.WritePrefixes).Select(Split)];

        public (string Bucket, string Prefix)[] Writable { get; } = [.. grant.WritePrefixes.Select(Split)];

        public bool CoversTable(string name) => grant.Tables.Select(t => t.ToLowerInvariant())
            .Any(t => t.EndsWith('*') ? name.StartsWith(t[..^1], StringComparison.Ordinal) : name == t);
    }
}

/// <summary>The caller, identified by the access key id of the request's signature. Signatures are not verified.</summary>
internal sealed record Principal(string? AccessKey)
{
    /// <summary>Stored in place of a privileged key, which is a secret. No request can contain it, because a key ends at a slash.</summary>
    public const string Privileged = "/privileged";

    public static Principal Of(HttpRequest request, string? presignedCredential)
    {
        var authorization = request.Headers.Authorization.ToString();
        const string Marker = "Credential=";
        var at = authorization.IndexOf(Marker, StringComparison.Ordinal);
        var credential = at >= 0 ? authorization[(at + Marker.Length)..]
            : authorization.StartsWith("AWS ", StringComparison.Ordinal) ? authorization["AWS ".Length..] // Signature version 2
            : presignedCredential ?? "";
        var key = credential.Split('/', ',', ':')[0].Trim();
        return new Principal(key.Length == 0 ? null : key);
    }
}
