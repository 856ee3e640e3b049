namespace Stedi.DevStack.Temporal.Common;

/// <summary>The server cannot start or its state cannot be used; the message says what to do about it.</summary>
public sealed class TemporalServerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The port that another program has, if that is the reason.</summary>
    public int? TakenPort { get; init; }
}
