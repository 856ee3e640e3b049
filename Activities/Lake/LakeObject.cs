namespace Stedi.Temporal.Activities.Lake;

/// <summary>One object of the lake's bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was written.</param>
public sealed record LakeObject(string Key, long Bytes, DateTimeOffset Modified);
