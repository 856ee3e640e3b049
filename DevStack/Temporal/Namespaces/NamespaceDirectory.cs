using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Namespace.V1;

namespace Stedi.DevStack.Temporal.Namespaces;

/// <summary>The registered namespaces.</summary>
public sealed class NamespaceDirectory(ServerSettings settings)
{
    private readonly ConcurrentDictionary<string, NamespaceInfo> _namespaces = new(StringComparer.Ordinal);

    public IEnumerable<NamespaceInfo> All => _namespaces.Values.OrderBy(n => n.Name, StringComparer.Ordinal);

    public NamespaceInfo Register(string name, string description = "", string ownerEmail = "") => _namespaces.GetOrAdd(name, _ => new()
    {
        Name = name,
        Id = IdOf(name),
        Description = description,
        OwnerEmail = ownerEmail,
        State = NamespaceState.Registered,
        SupportsSchedules = true,
        Capabilities = new()
        {
            SyncUpdate = true,
            AsyncUpdate = true,
        },
        Limits = new()
        {
            BlobSizeLimitError = settings.BlobSizeLimit,
            MemoSizeLimitError = settings.MemoSizeLimit,
        },
    });

    /// <exception cref="RequestException">The name is empty or unknown.</exception>
    public NamespaceInfo Require(string name) =>
        name.Length == 0 ? throw RpcErrors.InvalidArgument("Namespace not set on request.")
        : _namespaces.TryGetValue(name, out var found) ? found
        : throw RpcErrors.NamespaceNotFound(name);

    public NamespaceInfo? FindById(string id) => _namespaces.Values.FirstOrDefault(n => n.Id == id);

    // Derived from the name, so that it survives restarts without being stored.
    private static string IdOf(string name) =>
        new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();
}
