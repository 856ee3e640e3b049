namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>One thing to look at.</summary>
/// <param name="Name">A permission by its IAM name, or a part of the stack.</param>
/// <param name="Remedy">What to do where it is refused or missing.</param>
/// <param name="ExecuteAsync">Looks: returns what it found, throws what is wrong.</param>
internal sealed record Check(string Name, string Remedy, Func<CancellationToken, Task<string>> ExecuteAsync)
{
    /// <summary>Looks, and never throws: what is wrong is the outcome.</summary>
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

/// <summary>What one check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Holds">Whether it is as a run needs it.</param>
/// <param name="Finding">What was found, or what is wrong.</param>
/// <param name="Advice">What to do, where it is wrong.</param>
public sealed record CheckOutcome(string Name, bool Holds, string Finding, string? Advice = null);

/// <summary>Something is not as a run needs it, although no call failed; or calls failed in some places and not in others.</summary>
internal sealed class CheckFailedException(string message, Exception? cause = null) : Exception(message, cause);
