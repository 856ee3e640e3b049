using System.Globalization;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Pseudonyms;

/// <summary>The rules for the pseudonym key, and the messages if it breaks them. The key is measured but never read.</summary>
public sealed class PseudonymKey(LakeOptions options)
{
    /// <summary>The shortest accepted key. A shorter one could be found by brute force.</summary>
    public const int MinimumBytes = 16;

    /// <summary>The prefix that only the pipeline may read.</summary>
    public const string PrivatePrefix = LakeZones.Private + "/";

    /// <summary>The prefix of the table's files.</summary>
    public string Prefix => $"{PrivatePrefix}{options.PseudonymKeyTable}/";

    /// <summary>The object that holds the key.</summary>
    public string ObjectKey => $"{Prefix}key.json";

    /// <summary>A query that returns one row: <c>keys</c>, the number of keys; <c>bytes</c>, the length of the shortest; and <c>fingerprint</c>.</summary>
    public string Sql => SqlTemplate.Render("Pseudonyms/pseudonym_key.sql", new Dictionary<string, string>
    {
        ["pseudonym_key"] = SqlNames.Qualified(options.PrivateDatabase, options.PseudonymKeyTable),
        ["minimum_bytes"] = MinimumBytes.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>The message if the table does not exist.</summary>
    public string NoTable => $"There is no table {Table}, which holds the pseudonym key.";

    /// <summary>The message if the key is not that of the published pseudonyms.</summary>
    public string OtherKey => $"The key in table {Table} is not the one that the published pseudonyms were made with.";

    /// <summary>What to do about a key that is missing, unusable or not that of the published pseudonyms.</summary>
    public string Remedy =>
        $"Restore s3://{options.Bucket}/{ObjectKey} from a backup or from the bucket's versions: another key makes other pseudonyms. If new pseudonyms are acceptable, make a key as docs/aws.md says (the embedded stack makes it) and start the run with --new-pseudonyms.";

    /// <summary>Returns the message if the key is unusable, or null.</summary>
    /// <param name="keys">The number of keys.</param>
    /// <param name="bytes">The length of the shortest in bytes, without leading and trailing blanks; 0 for NULL.</param>
    public string? Problem(long keys, long bytes) => (keys, bytes) switch
    {
        (0, _) => $"Table {Table} holds no key.",
        (1, 0) => $"The key in table {Table} is empty.",
        (1, < MinimumBytes) => string.Create(CultureInfo.InvariantCulture, $"The key in table {Table} has {bytes} bytes; it needs at least {MinimumBytes}."),
        (1, _) => null,
        _ => string.Create(CultureInfo.InvariantCulture, $"Table {Table} holds {keys} keys instead of one."),
    };

    private string Table => $"{options.PrivateDatabase}.{options.PseudonymKeyTable}";
}
