using System.Reflection;
using System.Text;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.Testing;

namespace Stedi.DevStack.Temporal.Tests;

public sealed class TransitionDiagramTests
{
    private const string Marker = "<!-- transitions -->";

    [Fact]
    public async Task TransitionDiagrams_InDocs_MatchCode()
    {
        var page = Path.Combine(Repository.Root, "docs", "temporal-server.md");
        var text = await File.ReadAllTextAsync(page);
        var expected = text[..(text.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)] + "\n" + Diagrams();

        if (text != expected && Environment.GetEnvironmentVariable("CI") is null)
        {
            await File.WriteAllTextAsync(page, expected);
        }

        text.ShouldBe(expected, "docs/temporal-server.md has been rewritten: commit it.");
    }

    private static string Diagrams()
    {
        var diagrams = new StringBuilder();
        var machines = typeof(ITransition).Assembly.GetTypes()
            .Select(type => (Type: type, Transitions: TransitionsOf(type)))
            .Where(machine => machine.Transitions.Count > 0)
            .OrderBy(machine => machine.Type.Name, StringComparer.Ordinal);
        foreach (var (type, transitions) in machines)
        {
            diagrams.Append($"\n### {type.Name.Replace("Machine", "", StringComparison.Ordinal)}\n\n```mermaid\nstateDiagram-v2\n");
            foreach (var line in transitions.SelectMany(t => t.From.Select(from => $"    {from} --> {t.To}: {t.Name}\n")))
            {
                diagrams.Append(line);
            }

            diagrams.Append("```\n");
        }

        return diagrams.ToString();
    }

    private static List<ITransition> TransitionsOf(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => typeof(ITransition).IsAssignableFrom(f.FieldType))
            .Select(f => (ITransition)f.GetValue(null)!)];
}
