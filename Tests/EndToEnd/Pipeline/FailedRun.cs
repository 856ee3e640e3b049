using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>The cause of a run that fails.</summary>
internal static class FailedRun
{
    /// <summary>Asserts that a run fails, and returns the failure of the activity or workflow that caused it.</summary>
    public static async Task<ApplicationFailureException> FailureAsync(Func<Task> run)
    {
        Exception? failed = await Should.ThrowAsync<WorkflowFailedException>(run);
        while (failed is not (null or ApplicationFailureException))
        {
            failed = failed.InnerException;
        }

        return failed.ShouldBeOfType<ApplicationFailureException>();
    }
}
