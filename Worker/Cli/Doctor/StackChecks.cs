using System.Runtime.CompilerServices;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>Everything that a run needs, looked at one by one, in the order in which a run would miss it.</summary>
/// <param name="connect">Connects to Temporal.</param>
/// <param name="aws">AWS as the worker uses it.</param>
/// <param name="lake">The lake.</param>
/// <param name="time">The clock.</param>
internal sealed class StackChecks(Func<Task<TemporalClient>> connect, AwsClients aws, LakeOptions lake, TimeProvider time)
{
    /// <summary>Looks at one thing after the other; each whatever the others came to.</summary>
    public async IAsyncEnumerable<CheckOutcome> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var check in (IEnumerable<Check>)[Temporal, Identity, .. new BucketChecks(aws.S3, lake).All, .. new CatalogChecks(aws.Glue, lake).All, .. new QueryChecks(aws.Athena, aws.Glue, lake, time).All])
        {
            yield return await check.RunAsync(cancellationToken);
        }
    }

    private Check Temporal => new("Temporal server", "Look at TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the credentials, or at temporal.address in temporal-dev.yaml.", async token =>
    {
        var client = await connect();
        await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = client.Options.Namespace }, new() { CancellationToken = token });
        return $"{client.Connection.Options.TargetHost}, namespace {client.Options.Namespace}";
    });

    private Check Identity => new("Identity", "Log in, or set AWS_PROFILE to a profile that works.", async token => (await aws.Sts.GetCallerIdentityAsync(new(), token)).Arn);
}
