namespace Stedi.DevStack.Temporal.Common;

/// <summary>The server cannot start or cannot use its state. The message says what to do.</summary>
public sealed class TemporalServerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The port that is taken by another program, if that is the reason.</summary>
    public int? TakenPort { get; init; }
}
