namespace Stedi.Temporal.Tests.Kill;

/// <summary>When a step is struck.</summary>
internal enum Moment
{
    Start,
    Middle,
    End,
}

/// <summary>An instant at which the program is killed.</summary>
internal abstract record KillPoint
{
    /// <summary>Relative to a step's attempt in the process that is to be killed.</summary>
    /// <param name="Step">The activity's type.</param>
    /// <param name="Moment">When in the attempt.</param>
    public sealed record InStep(string Step, Moment Moment) : KillPoint
    {
        public override string ToString() => $"{Moment} of {Step}";
    }

    /// <summary>So long after the process started.</summary>
    public sealed record After(TimeSpan Elapsed) : KillPoint
    {
        public override string ToString() => $"{Elapsed.TotalMilliseconds:F0} ms after its start";
    }
}
