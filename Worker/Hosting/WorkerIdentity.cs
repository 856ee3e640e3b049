using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>The identity of a worker, as Temporal shows it: process, machine and lake.</summary>
internal static class WorkerIdentity
{
    private const string Separator = " lake=";

    /// <summary>The identity of a worker of this process.</summary>
    public static string Of(LakeOptions lake) => $"{Environment.ProcessId}@{Environment.MachineName}{Separator}{lake.Identity}";

    /// <summary>The lake that an identity names, or null if it is not that of a worker of this program.</summary>
    public static string? LakeOf(string identity) => identity.LastIndexOf(Separator, StringComparison.Ordinal) is var at and >= 0 ? identity[(at + Separator.Length)..] : null;
}
