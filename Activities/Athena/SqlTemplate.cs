using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>
/// The project's SQL: one embedded <c>.sql</c> file per table or audit, in Athena's dialect. Inputs are placeholders such as
/// <c>${customer_trusted}</c>, which are replaced by SQL.
/// </summary>
public static partial class SqlTemplate
{
    private static readonly ConcurrentDictionary<string, string> Files = new(StringComparer.Ordinal);

    /// <summary>Replaces a file's placeholders.</summary>
    /// <param name="file">The file below the Activities folder, such as <c>Consent/customer_trusted.sql</c>.</param>
    /// <param name="values">A value for every placeholder. Other values are ignored.</param>
    /// <exception cref="ArgumentException">A placeholder has no value.</exception>
    public static string Render(string file, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(Files.GetOrAdd(file, Load), match => values.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw new ArgumentException($"{file} reads {match.Value}, which this step was not given.", nameof(values)));

    private static string Load(string file)
    {
        var name = "Stedi.Temporal.Activities." + file.Replace('/', '.');
        using var stream = typeof(SqlTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no {file} among the embedded SQL files.", nameof(file));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }

    [GeneratedRegex(@"\$\{([a-z_]+)\}")]
    private static partial Regex Placeholder();
}
