namespace Stedi.Temporal.Tests.DevStack.Temporal.Page;

/// <summary>The widths that the page must suit: a phone's and a desk's.</summary>
public static class Widths
{
    public static TheoryData<int> All { get; } = [390, 1280];
}
