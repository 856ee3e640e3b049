namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>One check of a part of the stack or of a permission.</summary>
/// <param name="Name">The permission's IAM name, or the part of the stack.</param>
/// <param name="Remedy">What to do if it fails.</param>
/// <param name="ExecuteAsync">Returns the finding; throws if the check fails.</param>
internal sealed record Check(string Name, string Remedy, Func<CancellationToken, Task<string>> ExecuteAsync)
{
    /// <summary>Runs the check. A failure is an outcome, not an exception.</summary>
    public async Task<CheckOutcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new(Name, true, await ExecuteAsync(cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(Name, false, e.Message.Split('\n')[0].Trim(), Remedies.For(e, Remedy));
        }
    }
}

/// <summary>The result of a check.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Holds">Whether the check passed.</param>
/// <param name="Finding">What was found, or why it failed.</param>
/// <param name="Advice">What to do if it failed.</param>
public sealed record CheckOutcome(string Name, bool Holds, string Finding, string? Advice = null);

/// <summary>A check failed for another reason than a failed call, or calls failed for some resources only.</summary>
internal sealed class CheckFailedException(string message, Exception? cause = null) : Exception(message, cause);
