using System.Security.Cryptography;
using System.Text;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>Identifies a set of tables by their names and locations, each of which is written once.</summary>
public static class TableDigest
{
    private const int Characters = 16;

    /// <summary>Returns the first 16 hexadecimal digits of a SHA-256.</summary>
    public static string Of(IEnumerable<(string Table, string Location)> tables) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
            tables.OrderBy(table => table.Table, StringComparer.Ordinal).Select(table => $"{table.Table} {table.Location}\n")))))[..Characters];
}
