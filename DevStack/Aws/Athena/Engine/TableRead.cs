namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>What a query needs of a table.</summary>
/// <param name="Mentioned">The columns the query names (null: perhaps all). The others must be there, and need not be quick.</param>
/// <param name="Hidden">Columns such as <c>x$double</c> that stand for a cast of a JSON text column.</param>
internal sealed record TableRead(bool WithFileName, IReadOnlySet<string>? Mentioned, IReadOnlySet<string> Hidden)
{
    public bool Mentions(string column) => Mentioned is null || Mentioned.Contains(column);
}
