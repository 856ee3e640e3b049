namespace Stedi.DevStack.Aws.Athena;

/// <summary>Ends a query as FAILED, with Athena's reason, error category and type.</summary>
internal sealed class QueryFailure(string message, int errorType, bool isRetryable = false) : Exception(message)
{
    const int FirstSystemType = 0, LastExhaustedType = 8;

    /// <summary>1 is the system's fault, 2 the user's, as <c>AthenaError.ErrorCategory</c> has it.</summary>
    public int Category => ErrorType is >= FirstSystemType and <= LastExhaustedType ? 1 : 2;

    public int ErrorType => errorType;

    public bool IsRetryable => isRetryable;

    public static QueryFailure Syntax(string message) => new("SYNTAX_ERROR: " + message, AthenaErrorType.Syntax);

    public static QueryFailure NotSupported(string what) => new("NOT_SUPPORTED: " + what, AthenaErrorType.Unsupported);

    public static QueryFailure FunctionNotFound(string position, string name) =>
        new($"FUNCTION_NOT_FOUND: {position}Function '{name}' not registered", AthenaErrorType.Unsupported);

    public static QueryFailure TableNotFound(string position, string database, string table) =>
        new($"TABLE_NOT_FOUND: {position}Table 'awsdatacatalog.{database}.{table}' does not exist", AthenaErrorType.TableMissing);

    public static QueryFailure AccessDenied(string what) =>
        new($"Insufficient permissions to execute the query: access to {what} is denied", AthenaErrorType.AccessDenied);

    public static QueryFailure Protected(string what) =>
        new($"Insufficient permissions to execute the query: {what} is protected. Published tables are changed by publishing only; make a table of your own at another location.", AthenaErrorType.AccessDenied);
}
