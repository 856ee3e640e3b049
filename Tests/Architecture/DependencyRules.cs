namespace Stedi.Architecture.Tests;

/// <summary>The arrows between the solution's namespaces. The roots are parameters, so that the same rules can be tried on types
/// that break them.</summary>
internal sealed class DependencyRules(string product, string devStack)
{
    public static DependencyRules Ours { get; } = new("Stedi.Temporal", "Stedi.DevStack");

    public IReadOnlyDictionary<string, Func<NamespaceGraph, IEnumerable<string>>> All => new Dictionary<string, Func<NamespaceGraph, IEnumerable<string>>>
    {
        ["no cycles"] = NamespaceRules.NoCycles,
        ["workflows"] = graph => NamespaceRules.Levels(graph, $"{product}.Workflows", ["Inputs"], ["Contracts"], ["Lineage", "Reports"], [""]),
        ["activities"] = graph => NamespaceRules.Levels(graph, $"{product}.Activities",
            ["Resilience"], ["Lake"], ["Athena"], ["Pseudonyms"],
            ["Audit", "Catalog", "Consent", "Curation", "Lineage", "Publishing", "Sensors"], ["Privacy"], [""]),
        ["worker"] = graph => NamespaceRules.Levels(graph, $"{product}.Worker",
            ["Configuration"], ["Hosting"],
            ["Cli.Landing", "Cli.Lineage", "Cli.Runs", "Cli.Schedules"], ["Cli.Output"], ["Cli.Doctor", "Cli.Queries"], ["Cli"],
            ["Local.Bench"], ["Local"]),
        ["workflows use nothing of ours"] = graph => NamespaceRules.UsesOnly(graph, $"{product}.Workflows", product),
        ["activities use only workflows"] = graph => NamespaceRules.UsesOnly(graph, $"{product}.Activities", product, $"{product}.Workflows"),
        ["only Program and Local use the command line"] = graph => NamespaceRules.UsedOnlyBy(graph, $"{product}.Worker.Cli", "Program", $"{product}.Worker.Local"),
        ["only Local uses the DevStack"] = graph => NamespaceRules.UsedOnlyBy(graph, devStack, "Program", $"{product}.Worker.Local"),
        ["the DevStack uses nothing above it"] = graph => NamespaceRules.UsesOnly(graph, devStack, product),

        ["Temporal server"] = graph => NamespaceRules.Levels(graph, Temporal,
            ["Common"],
            ["Rpc", "Storage", "Engine.Executions"],
            ["Engine.Transitions", "Namespaces", "Cluster"],
            ["Engine.Lifecycle", "Engine.Matching", "Visibility"],
            ["Engine.Commands", "Engine.Commits"],
            ["Engine.Outbox", "Engine.Timers", "Queries", "Workers"],
            ["Activities", "Schedules", "TimeSkipping"],
            ["Http", "Workflows"],
            ["Updates"],
            ["WorkflowTasks"],
            [""]),
        ["the engine uses only storage"] = graph => NamespaceRules.UsesOnly(graph, $"{Temporal}.Engine", Temporal, $"{Temporal}.Common", $"{Temporal}.Storage"),
        ["features leave storage to the engine"] = graph => NamespaceRules.UsedOnlyBy(graph, $"{Temporal}.Storage",
            [.. Composition, $"{Temporal}.Engine", $"{Temporal}.Schedules", $"{Temporal}.Visibility"]), // the two that have records of their own
        ["HTTP uses time skipping and operations"] = graph => NamespaceRules.UsesOnly(graph, $"{Temporal}.Http", Temporal,
            $"{Temporal}.Common", $"{Temporal}.Rpc", $"{Temporal}.Engine.Timers", $"{Temporal}.TimeSkipping"),
        ["only the composition, Host and Local use HTTP"] = graph => NamespaceRules.UsedOnlyBy(graph, $"{Temporal}.Http",
            [.. Composition, $"{devStack}.Host", $"{product}.Worker.Local"]),
        ["only Program uses Host"] = graph => NamespaceRules.UsedOnlyBy(graph, $"{devStack}.Host", "Program"),

        ["local AWS"] = graph => NamespaceRules.Levels(graph, Aws,
            ["Configuration", "Diagnostics", "Athena.Errors", "Athena.Results"],
            ["Protocol", "Athena.Statements"],
            ["Storage", "Athena.Translation"],
            ["S3", "Glue.Catalog"],
            ["Http", "Glue.Crawlers", "Athena.Engine"],
            ["Glue", "Athena.Executions"],
            ["Athena"],
            [""]),
        ["Athena uses only Glue's catalog"] = graph => NamespaceRules.UsesOnly(graph, $"{Aws}.Athena", $"{Aws}.Glue", $"{Aws}.Glue.Catalog"),
        ["Glue uses only Athena's statements"] = graph => NamespaceRules.UsesOnly(graph, $"{Aws}.Glue", $"{Aws}.Athena", $"{Aws}.Athena.Statements"),
        ["landing"] = graph => NamespaceRules.Levels(graph, $"{devStack}.Landing", ["Model"], ["Files"], ["Expectations"], [""]),
        ["DevStack's common part uses nothing"] = graph => NamespaceRules.UsesOnly(graph, $"{devStack}.Common", devStack),
    };

    private string Temporal => $"{devStack}.Temporal";

    private string Aws => $"{devStack}.Aws";

    // By type: the namespace alone is also the parent of every feature.
    private string[] Composition => [$"{Temporal}.TemporalServer", $"{Temporal}.TemporalServerOptions", $"{Temporal}.ServerComposition", $"{Temporal}.Recovery"];
}
