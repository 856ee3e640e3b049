using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Tables;

/// <summary>A published snapshot.</summary>
/// <param name="Generation">Its number.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="AsOf">The run's time.</param>
/// <param name="Policy">Whose readings it holds.</param>
public sealed record ListedSnapshot(long Generation, string RunId, DateTimeOffset AsOf, ConsentPolicy Policy);
