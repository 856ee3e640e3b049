namespace Stedi.Temporal.Worker.Diagnosis;

/// <summary>Something is not as a run needs it, although no call failed; or calls failed in some places and not in others.</summary>
sealed class CheckFailedException(string message, Exception? cause = null) : Exception(message, cause);
