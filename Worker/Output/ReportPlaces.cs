using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Worker.Stack;

namespace Stedi.Temporal.Worker.Output;

/// <summary>Where a person finds what a report speaks of.</summary>
/// <param name="Lake">The lake: a folder on a laptop, an <c>s3://</c> URI elsewhere.</param>
/// <param name="Temporal">The server's address.</param>
/// <param name="Logs">The folder of log files.</param>
/// <param name="Program">What a person types for "stedi", as they started it.</param>
public sealed record ReportPlaces(string Lake, string Temporal, string Logs, string Program)
{
    /// <summary>The places of a stack.</summary>
    internal static async Task<ReportPlaces> OfAsync(Session session, LakehouseStack stack) => new(
        stack.LakePlace,
        (await stack.ConnectAsync()).Connection.Options.TargetHost!,
        StackFolder.Display(stack.Folder.Logs),
        session.Program);
}
