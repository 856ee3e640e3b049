using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Resilience;

/// <summary>Bounds how often a step submits a query or a crawl that fails, because each submission may cost money.</summary>
internal static class SubmissionLimit
{
    /// <summary>The type of a query's failure that costs nothing, because AWS did not run the query.</summary>
    public const string Throttled = "QueryThrottled";

    /// <summary>How many submissions of a step may fail before the step does.</summary>
    public const int Max = 3;

    /// <summary>Returns the failure of a submission: permanent if it was the last one that the step may make.</summary>
    /// <param name="failure">The failure of the submission alone.</param>
    /// <param name="submissions">The step's submissions that have failed, this one included.</param>
    public static ApplicationFailureException Apply(ApplicationFailureException failure, int submissions) =>
        failure.NonRetryable || failure.ErrorType == Throttled || submissions < Max
            ? failure
            : new($"{failure.Message} It was the step's submission {submissions}, and the last one ({failure.ErrorType}).", FailureTypes.RepeatedFailure, nonRetryable: true);
}
