namespace Stedi.DevStack.Landing.Files;

/// <summary>Lines that hold nothing.</summary>
internal static class BlankLines
{
    /// <summary>Those before the rows of a file.</summary>
    public static IReadOnlyList<byte[]> Before { get; } = ["["u8.ToArray(), [], " \t "u8.ToArray(), "{}"u8.ToArray()];

    /// <summary>Those behind them.</summary>
    public static IReadOnlyList<byte[]> After { get; } = [[], "]"u8.ToArray()];
}
