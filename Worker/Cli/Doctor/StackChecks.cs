using System.Runtime.CompilerServices;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>Checks everything that a run needs, in the order in which a run needs it.</summary>
/// <param name="connect">Connects to Temporal.</param>
/// <param name="aws">The worker's AWS clients.</param>
/// <param name="lake">The lake.</param>
/// <param name="taskQueue">The lake's task queue.</param>
/// <param name="time">The clock.</param>
internal sealed class StackChecks(Func<Task<TemporalClient>> connect, AwsClients aws, LakeOptions lake, string taskQueue, TimeProvider time)
{
    /// <summary>Runs all checks in turn, whether or not earlier ones pass.</summary>
    public async IAsyncEnumerable<CheckOutcome> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (service, checks) in Services)
        {
            var calls = AwsResiliencePipeline.ForDiagnosis(service, time);
            var isReachable = true;
            foreach (var check in checks)
            {
                var outcome = await (isReachable ? check : check.NotTried($"{service} is unreachable")).RunAsync(calls, cancellationToken);
                isReachable &= outcome.Status != CheckStatus.Unreachable;
                yield return outcome;
            }
        }
    }

    private IEnumerable<(string Service, IReadOnlyList<Check> Checks)> Services =>
    [
        ("Temporal", new TemporalChecks(connect, lake, taskQueue).All),
        ("STS", [Identity]),
        ("S3", new BucketChecks(aws.S3, lake).All),
        ("Glue", new CatalogChecks(aws.Glue, lake).All),
        ("Athena", new QueryChecks(aws.Athena, aws.Glue, lake, time).All),
    ];

    private Check Identity => new("Identity", "Log in, or set AWS_PROFILE to a profile that works.", async token => (await aws.Sts.GetCallerIdentityAsync(new(), token)).Arn);
}
