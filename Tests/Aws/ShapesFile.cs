using System.Globalization;
using System.Text.RegularExpressions;

namespace Stedi.Temporal.Tests.Aws;

/// <summary>
/// The shapes of a service as they are published: <c>Name { Member?: type; ... }</c> and <c>enum Name: VALUE, ...</c>,
/// a line each. Types are told in C#: what is a number there is an int unless listed here, as the service models say.
/// </summary>
sealed partial class ShapesFile
{
    static readonly HashSet<string> longs =
    [
        "UpdateCount", "BytesScannedCutoffPerQuery", "EngineExecutionTimeInMillis", "DataScannedInBytes", "TotalExecutionTimeInMillis",
        "QueryQueueTimeInMillis", "ServicePreProcessingTimeInMillis", "QueryPlanningTimeInMillis", "ServiceProcessingTimeInMillis",
        "SchemaVersionNumber", "ViewVersionId", "RefreshSeconds", "SubObjectVersionIds", "PartitionCount", "FileCount", "TotalFileBytes",
        "CrawlElapsedTime", "Version",
    ];

    static readonly HashSet<string> doubles = ["scanRate", "DpuCount"];

    public Dictionary<string, List<string>> Shapes { get; } = [];

    public Dictionary<string, List<(string Name, string Value)>> Constants { get; } = [];

    /// <summary>Reads the service's file, or skips the test where there is none.</summary>
    public static ShapesFile Read(string service)
    {
        var name = Path.Combine("shared", "reference", $"{service.ToLower(CultureInfo.InvariantCulture)}-shapes.txt");
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, name)))
        {
            at = at.Parent;
        }

        Assert.SkipWhen(at is null, $"No {name} beside or above the repository.");
        var file = new ShapesFile();
        foreach (var line in File.ReadLines(Path.Combine(at!.FullName, name)))
        {
            file.Add(line, service);
        }

        return file;
    }

    void Add(string line, string service)
    {
        if (ConstantLine().Match(line) is { Success: true } constant)
        {
            Constants[constant.Groups[1].Value] = [.. constant.Groups[2].Value.Split(", ").Select(value => (FieldName(value), value))];
        }
        else if (ShapeLine().Match(line) is { Success: true } shape)
        {
            var members = shape.Groups[2].Value.Split("; ").Select(member => member.Split(": ", 2)).Select(member => Member(member[0].TrimEnd('?'), member[1]));
            Shapes[service == "Athena" ? Suffix().Replace(shape.Groups[1].Value, Renamed) : shape.Groups[1].Value] = [.. members];
        }
    }

    // What the models call Input and Output the SDK calls Request and Response.
    static string Renamed(Match suffix) => suffix.Value == "Input" ? "Request" : "Response";

    static string FieldName(string value) => value.Any(char.IsLower)
        ? string.Concat(value.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))
        : value;

    static string Member(string name, string type) => $"{Type(name, type, inCollection: false)} {char.ToUpperInvariant(name[0])}{name[1..]}";

    static string Type(string member, string type, bool inCollection)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return $"List<{Type(member, type[..^2], inCollection: true)}>";
        }

        if (MapType().Match(type) is { Success: true } map)
        {
            return $"Dictionary<String, {Type(member, map.Groups[1].Value, inCollection: true)}>";
        }

        var optional = inCollection ? "" : "?";
        return type switch
        {
            "string" => "String",
            "boolean" => $"Boolean{optional}",
            "Date" => $"DateTime{optional}",
            "number" => (longs.Contains(member) ? "Int64" : doubles.Contains(member) ? "Double" : "Int32") + optional,
            "__DocumentType" => "Document",
            _ => type,
        };
    }

    [GeneratedRegex(@"^enum (\w+): (.+)$")]
    private static partial Regex ConstantLine();

    [GeneratedRegex(@"^(\w+) \{ (.+) \}$")]
    private static partial Regex ShapeLine();

    [GeneratedRegex("(Input|Output)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("^Record<string, (.+)>$")]
    private static partial Regex MapType();
}
