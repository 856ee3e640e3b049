namespace Stedi.DevStack.Aws.Athena.Errors;

/// <summary>A query's failure, with the reason, error category and error type that Athena reports.</summary>
internal sealed class QueryFailedException(string message, int errorType, bool isRetryable = false) : Exception(message)
{
    private const int FirstSystemType = 0, LastExhaustedType = 8;

    /// <summary><c>AthenaError.ErrorCategory</c>: 1 is a system error, 2 a user error.</summary>
    public int Category => ErrorType is (>= FirstSystemType and <= LastExhaustedType) or AthenaErrorType.Internal ? 1 : 2;

    public int ErrorType => errorType;

    public bool IsRetryable => isRetryable;

    public static QueryFailedException Syntax(string message) => new("SYNTAX_ERROR: " + message, AthenaErrorType.Syntax);

    public static QueryFailedException NotSupported(string what) => new("NOT_SUPPORTED: " + what, AthenaErrorType.Unsupported);

    public static QueryFailedException FunctionNotFound(string position, string name) =>
        new($"FUNCTION_NOT_FOUND: {position}Function '{name}' not registered", AthenaErrorType.Unsupported);

    public static QueryFailedException TableNotFound(string position, string database, string table) =>
        new($"TABLE_NOT_FOUND: {position}Table 'awsdatacatalog.{database}.{table}' does not exist", AthenaErrorType.TableMissing);

    public static QueryFailedException AccessDenied(string what) =>
        new($"Insufficient permissions to execute the query: access to {what} is denied", AthenaErrorType.AccessDenied);

    public static QueryFailedException Protected(string what) =>
        new($"Insufficient permissions to execute the query: {what} is protected. Published tables and those of runs are changed by the pipeline only; create a table of your own at another location.", AthenaErrorType.AccessDenied);
}

/// <summary>The values of <c>AthenaError.ErrorType</c> that this engine uses, from Athena's error reference.</summary>
internal static class AthenaErrorType
{
    public const int ResourcesExhausted = 1;
    public const int Data = 1001;
    public const int AccessDenied = 1003;
    public const int Schema = 1004;
    public const int Syntax = 1006;
    public const int InvalidArgument = 1100;
    public const int InvalidProperty = 1101;
    public const int TableMissing = 1110;
    public const int Unsupported = 1200;
    public const int Internal = 233;
}
