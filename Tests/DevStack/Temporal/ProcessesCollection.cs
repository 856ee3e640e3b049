namespace Stedi.Temporal.Tests.DevStack.Temporal;

/// <summary>Tests that start processes with a time limit of the SDK's own: they run when nothing else does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessesCollection
{
    public const string Name = "Processes";
}
