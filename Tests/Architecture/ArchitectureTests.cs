using System.Reflection;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;

namespace Stedi.Architecture.Tests;

/// <summary>The arrows between projects and between namespaces point one way.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Workflows = typeof(LakehouseWorkflow).Assembly;
    private static readonly Assembly Activities = typeof(LakeOptions).Assembly;

    // The Aws project is left out: its namespaces are the official SDK's.
    private static readonly Lazy<NamespaceGraph> OurGraph = new(() => NamespaceGraph.Load(
        ((string[])["Stedi.Temporal.Workflows", "Stedi.Temporal.Activities", "stedi", "temporal-dev",
            "Stedi.DevStack.Temporal", "Stedi.DevStack.Aws", "Stedi.DevStack.Common", "Stedi.DevStack.Landing"]).Select(Assembly.Load),
        "Stedi"));

    private static readonly DependencyRules PlantedRules = new("Planted.Product", "Planted.DevStack");
    private static readonly Lazy<NamespaceGraph> PlantedGraph = new(() => NamespaceGraph.Load([typeof(ArchitectureTests).Assembly], "Planted"));

    public static TheoryData<string> RuleNames => [.. DependencyRules.Ours.All.Keys];

    /// <summary>Per rule, a type that breaks it and what that type uses.</summary>
    public static TheoryData<string, string, string> Violations => new()
    {
        { "workflows", "Product.Workflows.Inputs.IInput", "Product.Workflows.Contracts.IContract" },
        { "activities", "Product.Activities.Resilience.IRetry", "Product.Activities.Lake.ILakeTable" },
        { "worker", "Product.Worker.Configuration.ISettings", "Product.Worker.Hosting.IConnection" },
        { "workflows use nothing of ours", "Product.Workflows.Contracts.IContract", "Product.Activities.Lake.ILakeTable" },
        { "activities use only workflows", "Product.Activities.Lake.ILakeTable", "Product.Worker.Hosting.IConnection" },
        { "only Program and Local use the command line", "Product.Worker.Hosting.IConnection", "Product.Worker.Cli.ICommand" },
        { "only Local uses the DevStack", "Product.Worker.Cli.ICommand", "DevStack.Aws.ILocalCloud" },
        { "the DevStack uses nothing above it", "DevStack.Aws.ILocalCloud", "Product.Activities.Lake.ILakeTable" },
        { "Temporal server", "DevStack.Temporal.Storage.IStore", "DevStack.Temporal.Visibility.IIndex" },
        { "the engine uses only storage", "DevStack.Temporal.Engine.Commands.ICommandHandler", "DevStack.Temporal.Rpc.IRequest" },
        { "features leave storage to the engine", "DevStack.Temporal.Updates.IUpdate", "DevStack.Temporal.Storage.IStore" },
        { "HTTP uses time skipping and operations", "DevStack.Temporal.Http.IPage", "DevStack.Temporal.Visibility.IIndex" },
        { "only the composition, Host and Local use HTTP", "DevStack.Temporal.WorkflowTasks.IPoll", "DevStack.Temporal.Http.IPage" },
        { "only Program uses Host", "DevStack.Temporal.Rpc.IRequest", "DevStack.Host.IArguments" },
        { "local AWS", "DevStack.Aws.Protocol.ICall", "DevStack.Aws.Storage.IBucket" },
        { "Athena uses only Glue's catalog", "DevStack.Aws.Athena.IQuery", "DevStack.Aws.Glue.Crawlers.ICrawler" },
        { "Glue uses only Athena's statements", "DevStack.Aws.Glue.ITableOperation", "DevStack.Aws.Athena.Engine.ISandbox" },
        { "landing", "DevStack.Landing.Model.IRow", "DevStack.Landing.Files.ILandingFile" },
        { "DevStack's common part uses nothing", "DevStack.Common.IStateFile", "DevStack.Aws.ILocalCloud" },
        { "no cycles", "DevStack.Landing.IGenerator", "DevStack.Landing.Files.ILandingFile" },
    };

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Namespaces_OfTheSolution_FollowTheRule(string rule) => DependencyRules.Ours.All[rule](OurGraph.Value).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Violations))]
    public void Rule_WithAPlantedViolation_NamesTheTypes(string rule, string source, string target) =>
        PlantedRules.All[rule](PlantedGraph.Value).ShouldContain(line => line.StartsWith($"Planted.{source} uses Planted.{target}", StringComparison.Ordinal));

    [Fact]
    public void EveryRule_HasAPlantedViolation() =>
        DependencyRules.Ours.All.Keys.Except(Violations.Select(row => row.Data.Item1)).ShouldBeEmpty();

    [Fact]
    public void LevelRule_WithANamespaceThatHasNoLevel_NamesIt() =>
        PlantedRules.All["worker"](PlantedGraph.Value).ShouldContain("Planted.Product.Worker.Unlisted has no level: add it to the rule");

    // The SDK's payloads are Protobuf messages.
    [Fact]
    public void Workflows_ReferenceTheTemporalSdkAndNothingOfOurs() =>
        ReferencedExcept(Workflows, "Temporalio", "Google.Protobuf", "System", "Microsoft.Extensions.Logging").ShouldBeEmpty();

    [Fact]
    public void Activities_ReferenceOnlyWorkflowsAndAwsOfOurs() =>
        OursReferencedBy(Activities).ShouldBeSubsetOf(["Stedi.Temporal.Workflows", "Stedi.Aws"]);

    [Theory]
    [InlineData("Stedi.DevStack.Temporal")]
    [InlineData("Stedi.DevStack.Aws")]
    [InlineData("Stedi.DevStack.Landing")]
    [InlineData("Stedi.DevStack.Common")]
    [InlineData("Stedi.Aws")]
    public void DevStackAndAwsAssemblies_ReferenceNothingOfOursExceptDevStackCommon(string name)
    {
        string[] allowed = name.StartsWith("Stedi.DevStack", StringComparison.Ordinal) ? ["Stedi.DevStack.Common"] : [];

        OursReferencedBy(Assembly.Load(name)).ShouldBeSubsetOf(allowed);
    }

    [Fact]
    public void WorkflowsAndActivities_DoNotReadTheEnvironment()
    {
        // A type that reads the environment names System.Environment in its metadata.
        foreach (var assembly in (Assembly[])[Workflows, Activities])
        {
            ReferencesMember(assembly, "GetEnvironmentVariable").ShouldBeFalse(assembly.GetName().Name);
        }
    }

    private static IEnumerable<string> OursReferencedBy(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Stedi", StringComparison.Ordinal) || name == "stedi");

    private static IEnumerable<string> ReferencedExcept(Assembly assembly, params string[] allowed) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => !allowed.Any(start => name.StartsWith(start, StringComparison.Ordinal)));

    private static bool ReferencesMember(Assembly assembly, string member)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
        return metadata.MemberReferences.Any(handle => metadata.GetString(metadata.GetMemberReference(handle).Name) == member);
    }
}
