namespace Stedi.Temporal.Activities.Contract;

/// <summary>What must land of one source. Keys in files may be in any case; columns are lower case.</summary>
/// <param name="Name">The folder it lands in.</param>
/// <param name="Columns">All its columns, in the catalogue's order.</param>
public sealed record SourceContract(string Name, IReadOnlyList<LakeColumn> Columns)
{
    /// <summary>The crawled table that people query.</summary>
    public string LandingTable => $"{Name}_landing";

    /// <summary>The name that SQL uses for the staged lines.</summary>
    public string StagedTable => $"{Name}_staged";
}
