using System.Reflection;

namespace Stedi.Temporal.Tests;

/// <summary>The arrows between the projects point one way.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Worker_is_the_assembly_named_stedi() =>
        Assembly.Load("stedi").GetName().Name.ShouldBe("stedi");
}
