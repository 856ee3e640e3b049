using Microsoft.Extensions.Logging;

namespace Stedi.DevStack.Aws.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A {Method} request failed unexpectedly (request id {RequestId})")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string requestId);

    [LoggerMessage(2, LogLevel.Error, "Query {QueryExecutionId} failed unexpectedly")]
    public static partial void QueryFailed(ILogger logger, Exception exception, string queryExecutionId);

    [LoggerMessage(3, LogLevel.Error, "Crawler {Crawler} failed unexpectedly")]
    public static partial void CrawlFailed(ILogger logger, Exception exception, string crawler);

    [LoggerMessage(4, LogLevel.Warning, "Query {QueryExecutionId} was running when the last process ended; it has failed and is not run again")]
    public static partial void QueryInterrupted(ILogger logger, string queryExecutionId);

    [LoggerMessage(5, LogLevel.Warning, "Query {QueryExecutionId} is interrupted: the process uses {UsedMiB} MiB, {GrownMiB} MiB more than before its queries began")]
    public static partial void MemoryExhausted(ILogger logger, string queryExecutionId, long usedMiB, long grownMiB);
}
