namespace Stedi.Temporal.Worker.Diagnosis;

/// <summary>One thing to look at.</summary>
/// <param name="Name">A permission by its IAM name, or a part of the stack.</param>
/// <param name="Remedy">What to do where it is refused or missing.</param>
/// <param name="LookAsync">Looks: returns what it found, throws what is wrong.</param>
sealed record Check(string Name, string Remedy, Func<CancellationToken, Task<string>> LookAsync)
{
    /// <summary>Looks, and never throws: what is wrong is the outcome.</summary>
    public async Task<CheckOutcome> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new(Name, true, await LookAsync(cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(Name, false, e.Message.Split('\n')[0].Trim(), Remedies.For(e, Remedy));
        }
    }
}
