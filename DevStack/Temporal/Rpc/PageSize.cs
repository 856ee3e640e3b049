namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>The page size of list and history requests.</summary>
internal static class PageSize
{
    private const int Maximum = 1000;

    /// <summary>The requested size, or the maximum of 1000 if it is not set or larger.</summary>
    public static int Of(int requested) => requested is > 0 and < Maximum ? requested : Maximum;
}
