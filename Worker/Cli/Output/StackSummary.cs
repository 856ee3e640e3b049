using Stedi.Temporal.Worker.Hosting;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>The addresses of a stack, for scripts.</summary>
/// <param name="Temporal">Host and port of the Temporal server.</param>
/// <param name="Namespace">The Temporal namespace.</param>
/// <param name="Ui">The embedded server's web page; null for a server elsewhere.</param>
/// <param name="Aws">The endpoint of embedded AWS; null on AWS.</param>
/// <param name="Bucket">The lake's bucket.</param>
public sealed record StackSummary(string Temporal, string Namespace, Uri? Ui, Uri? Aws, string Bucket)
{
    internal static StackSummary Of(ITemporalClient client, LakehouseStack stack) =>
        new(client.Connection.Options.TargetHost!, client.Options.Namespace, stack.Endpoints.Ui, stack.Endpoints.Aws, stack.Lake.Bucket);
}
