using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows;

/// <summary>Inputs that a workflow refuses.</summary>
static class Refusals
{
    /// <summary>Fails the run, for good, if its input has problems.</summary>
    public static void Problems(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new ApplicationFailureException(
                "The run's input is not usable. " + string.Join(" ", problems), FailureTypes.InvalidInput, nonRetryable: true);
        }
    }
}
