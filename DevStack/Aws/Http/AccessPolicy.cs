namespace Stedi.DevStack.Aws.Http;

/// <summary>What is restricted, and to whom: the only place that knows.</summary>
internal sealed class AccessPolicy(LocalAwsOptions options)
{
    readonly HashSet<string> databases = options.RestrictedDatabases.Select(d => d.ToLowerInvariant()).ToHashSet();
    readonly HashSet<string> privileged = [.. options.PrivilegedAccessKeys];
    readonly (string Bucket, string Prefix)[] prefixes = [.. options.RestrictedPrefixes.Select(Split)];

    public bool MayUseDatabase(Principal principal, string database) =>
        !databases.Contains(database.ToLowerInvariant()) || IsPrivileged(principal);

    public bool MayUseObject(Principal principal, string bucket, string key) =>
        IsPrivileged(principal) || !Array.Exists(prefixes, p => p.Bucket == bucket && key.StartsWith(p.Prefix, StringComparison.Ordinal));

    /// <summary>Whether every object below <paramref name="prefix"/> may be used.</summary>
    public bool MayUsePrefix(Principal principal, string bucket, string prefix) =>
        MayUseObject(principal, bucket, prefix) &&
        (IsPrivileged(principal) || !Array.Exists(prefixes, p => p.Bucket == bucket && p.Prefix.StartsWith(prefix, StringComparison.Ordinal)));

    bool IsPrivileged(Principal principal) => principal.AccessKey is { } key && privileged.Contains(key);

    static (string, string) Split(string uri)
    {
        if (!uri.StartsWith("s3://", StringComparison.Ordinal))
            throw new ArgumentException($"The restricted prefix '{uri}' is not of the form s3://bucket/prefix/.");
        var parts = uri["s3://".Length..].Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
