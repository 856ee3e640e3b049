using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>Validates search attributes that clients set: registered, of the registered type, and not the system's.</summary>
public sealed class SearchAttributeValidator(SearchAttributeCatalog catalog)
{
    /// <summary>Sets the type of each payload. Returns what is wrong with the first invalid attribute, or <c>null</c>.</summary>
    public string? Validate(string @namespace, SearchAttributes? attributes)
    {
        foreach (var (name, payload) in attributes?.IndexedFields ?? [])
        {
            if (SearchAttributeCatalog.System.ContainsKey(name))
            {
                return $"{name} attribute can't be set in SearchAttributes";
            }

            if (catalog.TypeOf(name) is not { } type)
            {
                return $"Namespace {@namespace} has no mapping defined for search attribute {name}";
            }

            if (!SearchAttributePayload.IsOf(payload, type))
            {
                return $"invalid value for search attribute {name} of type {type}: {payload.Data.ToStringUtf8()}";
            }

            payload.Metadata["type"] = ByteString.CopyFromUtf8($"{type}");
        }

        return null;
    }

    /// <exception cref="RequestException">An attribute is invalid.</exception>
    public void ThrowIfInvalid(string @namespace, SearchAttributes? attributes)
    {
        if (Validate(@namespace, attributes) is { } reason)
        {
            throw RpcErrors.InvalidArgument(reason);
        }
    }
}
