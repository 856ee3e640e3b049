using System.Text.Json;

namespace Stedi.DevStack.Aws.Glue.Crawlers;

/// <summary>The type that a crawler infers for a JSON value, and the merge of two types.</summary>
internal abstract record GlueType
{
    public sealed record Unknown : GlueType
    {
        public override string ToString() => "string";
    }

    public sealed record Scalar(string Name) : GlueType
    {
        public override string ToString() => Name;
    }

    public sealed record Array(GlueType Element) : GlueType
    {
        public override string ToString() => $"array<{Element}>";
    }

    /// <summary>An object or a whole document. Its fields are in lower case and in the order of their first occurrence.</summary>
    public sealed record Struct(IReadOnlyList<KeyValuePair<string, GlueType>> Fields) : GlueType
    {
        public override string ToString() => $"struct<{string.Join(',', Fields.Select(f => $"{f.Key}:{f.Value}"))}>";
    }

    public static GlueType Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new Scalar("boolean"),
        JsonValueKind.Number => new Scalar(value.TryGetInt32(out _) ? "int" : value.TryGetInt64(out _) ? "bigint" : "double"),
        JsonValueKind.String => new Scalar("string"),
        JsonValueKind.Array => new Array(value.EnumerateArray().Select(Of).Aggregate((GlueType)new Unknown(), Merge)),
        JsonValueKind.Object => new Struct([.. value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name.ToLowerInvariant(), Of(p.Value))).DistinctBy(f => f.Key)]),
        _ => new Unknown(),
    };

    public static GlueType Merge(GlueType a, GlueType b) => (a, b) switch
    {
        (Unknown, _) => b,
        (_, Unknown) => a,
        (Scalar x, Scalar y) => Merge(x, y),
        (Array x, Array y) => new Array(Merge(x.Element, y.Element)),
        (Struct x, Struct y) => Merge(x, y),
        _ => new Scalar("string"),
    };

    private static Scalar Merge(Scalar a, Scalar b)
    {
        string[] widening = ["int", "bigint", "double"];
        var (x, y) = (System.Array.IndexOf(widening, a.Name), System.Array.IndexOf(widening, b.Name));
        return x >= 0 && y >= 0 ? new Scalar(widening[Math.Max(x, y)]) : a.Name == b.Name ? a : new Scalar("string");
    }

    private static Struct Merge(Struct a, Struct b)
    {
        if (a.Fields.Count == b.Fields.Count && a.Fields.SequenceEqual(b.Fields))
        {
            return a;
        }

        var fields = a.Fields.ToList();
        var places = fields.Select((f, i) => (f.Key, i)).ToDictionary(p => p.Key, p => p.i);
        foreach (var (name, type) in b.Fields)
        {
            if (places.TryGetValue(name, out var place))
            {
                fields[place] = KeyValuePair.Create(name, Merge(fields[place].Value, type));
            }
            else
            {
                fields.Add(KeyValuePair.Create(name, type));
            }
        }
        return new Struct(fields);
    }
}
