namespace Stedi.DevStack.Temporal.Executions.History;

/// <summary>Upserts of memo and search attributes; a null payload removes the key.</summary>
internal static class AttributeMerge
{
    public static Memo Merge(Memo? current, Memo? upsert)
    {
        var merged = current?.Clone() ?? new Memo();
        foreach (var (key, payload) in upsert?.Fields ?? [])
        {
            Set(merged.Fields, key, payload);
        }

        return merged;
    }

    public static SearchAttributes Merge(SearchAttributes? current, SearchAttributes? upsert)
    {
        var merged = current?.Clone() ?? new SearchAttributes();
        foreach (var (key, payload) in upsert?.IndexedFields ?? [])
        {
            Set(merged.IndexedFields, key, payload);
        }

        return merged;
    }

    private static void Set(Google.Protobuf.Collections.MapField<string, Payload> fields, string key, Payload payload)
    {
        var encoding = payload.Metadata.TryGetValue("encoding", out var value) ? value.ToStringUtf8() : "";
        if (encoding == "binary/null" || payload.Data.IsEmpty || (encoding == "json/plain" && payload.Data.ToStringUtf8() is "null" or "[]"))
        {
            fields.Remove(key);
        }
        else
        {
            fields[key] = payload;
        }
    }
}
