using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>A run that has not ended.</summary>
/// <param name="RunId">Temporal's run id.</param>
/// <param name="Input">What it was asked to do.</param>
public sealed record OpenRun(string RunId, LakehouseInput Input)
{
    /// <summary>How another input differs from this run's, a phrase a field; empty if it asks for the same.</summary>
    public IReadOnlyList<string> Differences(LakehouseInput other)
    {
        var differences = new List<string>();
        Compare("source", Prefix(Input), Prefix(other));
        Compare("consent policy", Input.ConsentPolicy, other.ConsentPolicy);
        Compare("rejected lines limit", Input.RejectedLinesLimit, other.RejectedLinesLimit);
        Compare("snapshots to keep", Input.SnapshotsToKeep, other.SnapshotsToKeep);
        Compare("looser policy", Input.AllowLooserPolicy ? "allowed" : "not allowed", other.AllowLooserPolicy ? "allowed" : "not allowed");
        Compare("heartbeat seconds", Input.HeartbeatSeconds, other.HeartbeatSeconds);
        return differences;

        void Compare<T>(string name, T there, T here)
        {
            if (!Equals(there, here))
            {
                differences.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} is {there} there and {here} here"));
            }
        }
    }

    static string Prefix(LakehouseInput input) => input.SourcePrefix.Length == 0 ? "the lake's own landing zone" : input.SourcePrefix;
}
