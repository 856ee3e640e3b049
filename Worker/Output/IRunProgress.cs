using Stedi.Temporal.Worker.Runs;

namespace Stedi.Temporal.Worker.Output;

/// <summary>Shows a run's steps while they happen.</summary>
public interface IRunProgress
{
    /// <summary>Shows what <paramref name="watching"/> reports until it ends.</summary>
    /// <param name="watching">Follows a run, and calls what it is given for every change of a step.</param>
    Task ShowAsync(Func<Action<RunStep>, Task> watching);
}
