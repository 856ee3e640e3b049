namespace Stedi.Temporal.Activities.Contract;

/// <summary>One published table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Zone">trusted or curated.</param>
/// <param name="Columns">Its columns, in the order in which its SQL selects them.</param>
public sealed record TableContract(string Name, string Zone, IReadOnlyList<LakeColumn> Columns);
