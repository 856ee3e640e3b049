using Amazon.Runtime;
using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>One check of a part of the stack or of a permission. It can be repeated.</summary>
/// <param name="Name">The permission's IAM name, or the part of the stack.</param>
/// <param name="Remedy">What to do if it fails.</param>
/// <param name="ExecuteAsync">Returns the finding; throws if the check fails.</param>
internal sealed record Check(string Name, string Remedy, Func<CancellationToken, Task<string>> ExecuteAsync)
{
    /// <summary>The check that is not tried for a reason.</summary>
    public Check NotTried(string reason) => this with { ExecuteAsync = _ => throw new CheckNotTriedException(reason) };

    /// <summary>Runs the check. A failure is an outcome, not an exception.</summary>
    /// <param name="calls">Repeats the check after transient errors.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public async Task<CheckOutcome> RunAsync(AwsResiliencePipeline calls, CancellationToken cancellationToken)
    {
        try
        {
            return new(Name, CheckStatus.Holds, await calls.ExecuteAsync(Name, ExecuteAsync, cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var cause = e is CheckFailedException { InnerException: { } inner } ? inner : e;
            var status = Diagnosis.StatusOf(cause);
            return new(Name, status, e.Message.Split('\n')[0].Trim(), Diagnosis.AdviceFor(cause, status, Remedy));
        }
    }
}

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    /// <summary>What was checked is as a run needs it.</summary>
    Holds,

    /// <summary>A resource does not exist.</summary>
    Missing,

    /// <summary>Credentials are unusable or lack a permission.</summary>
    Refused,

    /// <summary>The service limits the account's rate of requests, also after retries.</summary>
    Throttled,

    /// <summary>Nothing answers.</summary>
    Unreachable,

    /// <summary>The answer is an error of the service's own, also after retries, or it is not from AWS.</summary>
    ServiceError,

    /// <summary>The check would need what an earlier one did not find, or would leave something behind.</summary>
    NotTried,

    /// <summary>It is there, and not as a run needs it.</summary>
    Failed,
}

/// <summary>The result of a check.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Status">How the check ended.</param>
/// <param name="Finding">What was found, or why it failed.</param>
/// <param name="Advice">What to do if it failed.</param>
public sealed record CheckOutcome(string Name, CheckStatus Status, string Finding, string? Advice = null)
{
    /// <summary>Whether the check passed.</summary>
    public bool Holds => Status == CheckStatus.Holds;
}

/// <summary>A check failed for another reason than a failed call, or calls failed for some resources only.</summary>
internal class CheckFailedException(string message, AmazonServiceException? cause = null) : Exception(message, cause);

/// <summary>A check was not tried.</summary>
internal sealed class CheckNotTriedException(string reason) : CheckFailedException($"not tried, because {reason}");
