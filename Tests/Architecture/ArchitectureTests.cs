using System.Reflection;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;

namespace Stedi.Architecture.Tests;

/// <summary>The arrows between the projects point one way: Worker to Activities to Workflows, Activities to Aws, and only
/// Worker and Tests see the DevStack.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Workflows = typeof(LakehouseWorkflow).Assembly;
    private static readonly Assembly Activities = typeof(LakeOptions).Assembly;

    [Fact]
    public void Workflows_reference_the_Temporal_SDK_and_nothing_of_ours() =>
        Named(Workflows, "Temporalio", "System", "Microsoft.Extensions.Logging").ShouldBeEmpty();

    [Fact]
    public void Activities_see_Workflows_and_Aws_but_neither_the_Worker_nor_the_DevStack()
    {
        var ours = Activities.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("Stedi", StringComparison.Ordinal) || name == "stedi");

        ours.ShouldBeSubsetOf(["Stedi.Temporal.Workflows", "Stedi.Aws"]);
    }

    [Theory]
    [InlineData("Stedi.DevStack.Temporal")]
    [InlineData("Stedi.DevStack.Aws")]
    [InlineData("Stedi.DevStack.Landing")]
    [InlineData("Stedi.DevStack.Common")]
    [InlineData("Stedi.Aws")]
    public void A_part_below_references_nothing_of_ours_but_what_the_DevStack_shares(string name) =>
        Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(reference => reference.StartsWith("Stedi", StringComparison.Ordinal) || reference == "stedi").ShouldBeSubsetOf(name.StartsWith("Stedi.DevStack", StringComparison.Ordinal) ? ["Stedi.DevStack.Common"] : []);

    [Fact]
    public void Only_the_Worker_reads_configuration_from_the_environment()
    {
        // A type that reads the environment names System.Environment in its metadata.
        foreach (var assembly in (Assembly[])[Workflows, Activities])
        {
            ReferencesMember(assembly, "GetEnvironmentVariable").ShouldBeFalse(assembly.GetName().Name);
        }
    }

    private static IEnumerable<string> Named(Assembly assembly, params string[] allowed) =>
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
