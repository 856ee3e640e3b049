namespace Stedi.Temporal.Activities.Athena;

/// <summary>
/// SQL expressions for the keys of customer lines, by which a line is cleared: a keyed hash of its text, and of its file too if the text
/// does not tell whom or when it is about. They need the columns <c>line</c> and <c>source_file</c>.
/// </summary>
internal static class LineKeys
{
    /// <summary>The key of a line.</summary>
    /// <param name="withFile">Whether the key depends on the file.</param>
    /// <param name="keyTable">The restricted table of the secret key, which never stands in a query.</param>
    public static string Of(string withFile, string keyTable) =>
        $"lower(to_hex(hmac_sha256(to_utf8('landing line ' || CASE WHEN {withFile} THEN source_file || ' ' ELSE '' END || coalesce(line, '')), to_utf8((SELECT key FROM {keyTable})))))";

    /// <summary>Whether a key is that of a cleared line.</summary>
    /// <param name="key">The key.</param>
    /// <param name="clearedLines">The table of cleared lines, or null if there is none.</param>
    public static string IsCleared(string key, string? clearedLines) =>
        clearedLines is null ? "1 = 0" : $"{key} IN (SELECT line_key FROM {clearedLines} WHERE line_key IS NOT NULL)";
}
