using System.Globalization;
using System.Text.RegularExpressions;
using Stedi.Testing;

namespace Stedi.Aws.Tests;

/// <summary>
/// The part of a service's model that Aws/ has, from <c>Tests/Aws/Shapes</c>: <c>operation Name: Error, ...</c>,
/// <c>Name { Member: type; ... }</c> and <c>enum Name: VALUE, ...</c>, one per line.
/// </summary>
internal sealed partial class ServiceModel
{
    /// <summary>Each operation with the errors it declares.</summary>
    public Dictionary<string, IReadOnlyList<string>> Operations { get; } = [];

    public Dictionary<string, IReadOnlyList<(string Name, string Type)>> Shapes { get; } = [];

    public Dictionary<string, IReadOnlyList<string>> Constants { get; } = [];

    public static ServiceModel Read(string service)
    {
        var model = new ServiceModel();
        foreach (var line in File.ReadLines(PathOf($"{service.ToLower(CultureInfo.InvariantCulture)}.txt")).Where(line => line[0] != '#'))
        {
            model.Add(line);
        }

        return model;
    }

    public static string PathOf(string file) => Path.Combine(Repository.Root, "Tests", "Aws", "Shapes", file);

    private void Add(string line)
    {
        if (ListLine().Match(line) is { Success: true } list)
        {
            var lists = list.Groups["kind"].Value == "enum" ? Constants : Operations;
            lists[list.Groups["name"].Value] = list.Groups["items"].Value.Split(", ");
        }
        else
        {
            var shape = ShapeLine().Match(line);
            shape.Success.ShouldBeTrue(line);
            Shapes[shape.Groups["name"].Value] = [.. shape.Groups["members"].Value.Split("; ").Select(member => member.Split(": ")).Select(member => (member[0], member[1]))];
        }
    }

    [GeneratedRegex(@"^(?<kind>enum|operation) (?<name>\w+): (?<items>.+)$")]
    private static partial Regex ListLine();

    [GeneratedRegex(@"^(?<name>\w+) \{ (?<members>.+) \}$")]
    private static partial Regex ShapeLine();
}
