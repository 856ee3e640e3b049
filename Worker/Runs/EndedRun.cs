namespace Stedi.Temporal.Worker.Runs;

/// <summary>A run that somebody stopped.</summary>
/// <param name="RunId">The run.</param>
/// <param name="IsClosed">Whether it has ended already.</param>
/// <param name="Message">The same for a person.</param>
public sealed record EndedRun(string RunId, bool IsClosed, string Message);
