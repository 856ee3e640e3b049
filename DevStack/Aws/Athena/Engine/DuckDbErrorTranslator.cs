using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Translates DuckDB's errors to Athena's messages, without local paths.</summary>
internal sealed partial class DuckDbErrorTranslator(string lakeRoot)
{
    /// <param name="error">DuckDB's error.</param>
    /// <param name="query">The original query if it is known, for the position of a column.</param>
    public QueryFailedException Translate(DuckDBException error, string? query = null)
    {
        var message = error.Message.Split('\n')[0].Replace(lakeRoot + Path.DirectorySeparatorChar, "s3://", StringComparison.Ordinal);
        if (TranslatedMessage().Match(message) is { Success: true } own)
        {
            return new QueryFailedException(own.Groups["text"].Value, AthenaErrorType.Data);
        }

        if (Column().Match(message) is { Success: true } column)
        {
            return Unresolved(column.Groups["table"].Value, column.Groups["name"].Value, query);
        }

        if (message.StartsWith("Out of Memory Error", StringComparison.Ordinal))
        {
            return new QueryFailedException("EXCEEDED_LOCAL_MEMORY_LIMIT: Query exceeded its memory limit. " + Rest(message), AthenaErrorType.ResourcesExhausted, isRetryable: true);
        }

        if (message.Contains("Malformed JSON", StringComparison.Ordinal) || message.Contains("JSON transform error", StringComparison.Ordinal) || message.Contains("maximum_object_size", StringComparison.Ordinal))
        {
            return new QueryFailedException("HIVE_CURSOR_ERROR: Row is not a valid JSON Object - " + Rest(message), AthenaErrorType.Data);
        }

        if (message.Contains("Map keys must be unique", StringComparison.Ordinal))
        {
            return new QueryFailedException("INVALID_FUNCTION_ARGUMENT: Duplicate map keys are not allowed", AthenaErrorType.Data);
        }

        if (message.StartsWith("Conversion Error", StringComparison.Ordinal))
        {
            return new QueryFailedException("INVALID_CAST_ARGUMENT: " + Rest(message), AthenaErrorType.Data);
        }

        if (message.StartsWith("Out of Range Error", StringComparison.Ordinal))
        {
            return new QueryFailedException("NUMERIC_VALUE_OUT_OF_RANGE: " + Rest(message), AthenaErrorType.Data);
        }

        if (message.StartsWith("Binder Error", StringComparison.Ordinal) || message.StartsWith("Parser Error", StringComparison.Ordinal) || message.StartsWith("Catalog Error", StringComparison.Ordinal))
        {
            return QueryFailedException.Syntax(Rest(message));
        }

        return new QueryFailedException("GENERIC_USER_ERROR: " + Rest(message), AthenaErrorType.Data);
    }

    private static QueryFailedException Unresolved(string table, string name, string? query)
    {
        var written = query is null ? [] : SqlLexer.Tokens(query).FindAll(t => t.Kind is SqlTokenKind.Word or SqlTokenKind.Quoted);
        var at = written.FindIndex(t => t.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        // Trino reports the position of the beginning of a qualified name.
        if (at > 0 && table.Length > 0 && written[at - 1].Value.Equals(table, StringComparison.OrdinalIgnoreCase))
        {
            at--;
        }

        var place = at >= 0 ? SqlPosition.Of(query!, written[at].Start) : "";
        return new QueryFailedException($"COLUMN_NOT_FOUND: {place}Column '{(table.Length > 0 ? table + "." : "")}{name}' cannot be resolved", AthenaErrorType.Syntax);
    }

    private static string Rest(string message) => message[(message.IndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];

    [GeneratedRegex(@"^Invalid Input Error: (?<text>(DIVISION_BY_ZERO|INVALID_CAST_ARGUMENT|INVALID_FUNCTION_ARGUMENT|HIVE_CURSOR_ERROR): .*)$")]
    private static partial Regex TranslatedMessage();

    [GeneratedRegex(@"^Binder Error: (Referenced column ""(?<name>[^""]*)"" not found in FROM clause|[A-Za-z ]+ ""(?<table>[^""]*)"" does not have a column named ""(?<name>[^""]*)"")")]
    private static partial Regex Column();
}
