namespace Stedi.Temporal.Activities.Contract;

/// <summary>One column, as the catalogue names and types it.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Type">A Glue type: string, bigint, int or double.</param>
/// <param name="Required">Whether a landing line without it is rejected.</param>
public sealed record LakeColumn(string Name, string Type, bool Required = false);
