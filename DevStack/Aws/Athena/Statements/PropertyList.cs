using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Statements;

/// <summary>Parses <c>WITH (name = value, ...)</c> of UNLOAD and CREATE TABLE AS.</summary>
internal static class PropertyList
{
    public static (IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> PartitionedBy) Read(TokenReader reader)
    {
        var properties = new Dictionary<string, string>();
        List<string> partitionedBy = [];
        reader.Expect("(");
        do
        {
            var name = reader.Identifier();
            reader.Expect("=");
            if (!reader.Skip("ARRAY"))
            {
                properties[name] = reader.Read().Value;
                continue;
            }
            var values = Texts(reader);
            if (name == "partitioned_by")
            {
                partitionedBy = [.. values.Select(v => v.ToLowerInvariant())];
            }
            else
            {
                throw new QueryFailedException($"INVALID_TABLE_PROPERTY: {name} is not supported by the local engine", AthenaErrorType.InvalidProperty);
            }
        }
        while (reader.Skip(","));
        reader.Expect(")");
        return (properties, partitionedBy);
    }

    private static List<string> Texts(TokenReader reader)
    {
        var values = new List<string>();
        reader.Expect("[");
        do
        {
            values.Add(reader.Text());
        }
        while (reader.Skip(","));
        reader.Expect("]");
        return values;
    }
}
