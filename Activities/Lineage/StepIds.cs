using System.Security.Cryptography;
using System.Text;

namespace Stedi.Temporal.Activities.Lineage;

/// <summary>OpenLineage run ids of a run's steps: the same for every attempt, derived from the run's id and the step's name.</summary>
public static class StepIds
{
    /// <summary>The id of a step, or of the run itself if the step's name is empty: a name-based UUID (RFC 9562, version 5).</summary>
    public static Guid Of(string runId, string step)
    {
        if (step.Length == 0 && Guid.TryParse(runId, out var run))
        {
            return run;
        }

        byte[] named = [.. Encoding.UTF8.GetBytes(runId), (byte)'/', .. Encoding.UTF8.GetBytes(step)];
#pragma warning disable CA5350 // Version 5 is defined with SHA-1; nothing is protected by it.
        var hash = SHA1.HashData(named).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash, bigEndian: true);
    }
}
