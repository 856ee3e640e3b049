using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>Keeps the errors that a server logs, including those that no caller sees.</summary>
internal sealed class ErrorLog : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Errors { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // This is the only provider.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // The web server logs this for a response that comes after the deadline of its call, which is no fault of a handler.
        if (logLevel >= LogLevel.Error && exception is not InvalidOperationException { Message: "Writing is not allowed after writer was completed." })
        {
            Errors.Enqueue($"{formatter(state, exception)}\n{exception}");
        }
    }

    public void Dispose()
    {
        // There is nothing to dispose.
    }
}
