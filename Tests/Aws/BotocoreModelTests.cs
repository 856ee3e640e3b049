using System.Globalization;
using System.Text.Json;

namespace Stedi.Aws.Tests;

/// <summary>Compares the model in <c>Tests/Aws/Shapes</c> with AWS's own, which Debian's python3-botocore brings.</summary>
public sealed class BotocoreModelTests
{
    private const string Models = "/usr/lib/python3/dist-packages/botocore/data";

    [Theory]
    [InlineData("Glue")]
    [InlineData("Athena")]
    public void Model_WhereBotocoreIsInstalled_IsPartOfItsModel(string service)
    {
        var versions = Path.Combine(Models, service.ToLower(CultureInfo.InvariantCulture));
        Assert.SkipUnless(Directory.Exists(versions), $"{versions} is not there: apt-get install python3-botocore");
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Directory.GetDirectories(versions).Max(StringComparer.Ordinal)!, "service-2.json")));
        var newer = File.ReadLines(ServiceModel.PathOf("newer-than-botocore.txt")).ToHashSet();

        var missing = Missing(ServiceModel.Read(service), document.RootElement).Where(name => !newer.Contains($"{service} {name}"));

        missing.ShouldBeEmpty();
    }

    private static IEnumerable<string> Missing(ServiceModel ours, JsonElement botocore)
    {
        var (operations, shapes) = (botocore.GetProperty("operations"), botocore.GetProperty("shapes"));
        foreach (var (name, errors) in ours.Operations)
        {
            var declared = operations.TryGetProperty(name, out var operation) ? Strings(operation.GetProperty("errors"), "shape") : [];
            foreach (var error in errors.Except(declared))
            {
                yield return $"{name}: {error}";
            }
        }

        foreach (var (name, values) in ours.Constants)
        {
            var theirs = shapes.TryGetProperty(name, out var shape) ? shape.GetProperty("enum").EnumerateArray().Select(value => value.GetString()!) : [];
            foreach (var value in values.Except(theirs))
            {
                yield return $"{name}: {value}";
            }
        }

        foreach (var (name, members) in ours.Shapes)
        {
            var theirs = Find(shapes, name)?.GetProperty("members");
            if (theirs is null)
            {
                yield return name;
            }

            foreach (var member in members.Where(_ => theirs is not null))
            {
                if (!theirs!.Value.TryGetProperty(member.Name, out var found))
                {
                    yield return $"{name}.{member.Name}";
                }
                else if (TypeOf(shapes, found.GetProperty("shape").GetString()!) is var type && type != member.Type)
                {
                    yield return $"{name}.{member.Name}: {member.Type}, not {type}";
                }
            }
        }
    }

    // What the models call Input and Output the SDK calls Request and Response.
    private static JsonElement? Find(JsonElement shapes, string name) =>
        shapes.TryGetProperty(name, out var shape)
        || shapes.TryGetProperty(name.Replace("Request", "Input", StringComparison.Ordinal), out shape)
        || shapes.TryGetProperty(name.Replace("Response", "Output", StringComparison.Ordinal), out shape) ? shape : null;

    private static string TypeOf(JsonElement shapes, string name)
    {
        var shape = shapes.GetProperty(name);
        return shape.GetProperty("type").GetString() switch
        {
            "list" => $"{TypeOf(shapes, shape.GetProperty("member").GetProperty("shape").GetString()!)}[]",
            "map" => $"Record<string, {TypeOf(shapes, shape.GetProperty("value").GetProperty("shape").GetString()!)}>",
            "structure" => name,
            "string" when shape.TryGetProperty("enum", out _) => name,
            var simple => simple!,
        };
    }

    private static IEnumerable<string> Strings(JsonElement list, string member) =>
        list.EnumerateArray().Select(item => item.GetProperty(member).GetString()!);
}
