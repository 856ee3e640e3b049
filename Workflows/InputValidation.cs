using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows;

/// <summary>Rejects invalid workflow inputs.</summary>
internal static class InputValidation
{
    /// <summary>Fails the run, non-retryably, if its input is invalid.</summary>
    public static void ThrowIfInvalid(IWorkflowInput input)
    {
        if (input.Problems.Count > 0)
        {
            throw new ApplicationFailureException(
                "The run's input is invalid. " + string.Join(" ", input.Problems), FailureTypes.InvalidInput, nonRetryable: true);
        }
    }
}
