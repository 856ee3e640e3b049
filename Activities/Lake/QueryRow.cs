using System.Globalization;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>One row of a query's result, as Athena hands it out: text, or null for NULL.</summary>
public sealed class QueryRow(IReadOnlyList<string> columns, IReadOnlyList<string?> cells)
{
    /// <summary>A column's text.</summary>
    public string? this[string column]
    {
        get
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i] == column)
                {
                    return cells[i];
                }
            }

            throw new ArgumentException($"The query has no column {column}.", nameof(column));
        }
    }

    /// <summary>A column's count; NULL, as <c>sum</c> gives it over no rows, is 0.</summary>
    public long Count(string column) =>
        this[column] is { } text ? long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : 0;
}
