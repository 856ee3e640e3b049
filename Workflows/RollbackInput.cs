using System.Text.Json.Serialization;

namespace Stedi.Temporal.Workflows;

/// <summary>Which published state to go back to. Every field has a default, so <c>{}</c> goes back by one.</summary>
[JsonConverter(typeof(RollbackInputConverter))]
public sealed record RollbackInput
{
    /// <summary>The generation to go back to, or 0 for the one before the current one.</summary>
    public int Generation { get; init; }

    /// <summary>Whether the snapshot gone back to may have a looser policy than the current one.</summary>
    public bool AllowLooserPolicy { get; init; }

    /// <summary>See <see cref="LakehouseInput.HeartbeatSeconds"/>.</summary>
    public int HeartbeatSeconds { get; init; } = 10;

    /// <summary>What the JSON held that is not allowed, a sentence each; empty for an input made in code.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Problems { get; init; } = [];
}
