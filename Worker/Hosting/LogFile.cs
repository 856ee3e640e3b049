using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>The log files of a stack's folder: one per day, kept for a week.</summary>
internal static class LogFile
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    /// <summary>Opens the log of a process; disposing it flushes it.</summary>
    public static ILoggerFactory Open(StackFolder folder)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Grpc", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.File(
                Path.Combine(folder.Logs, "stedi-.log"),
                outputTemplate: Template,
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 7,
                // Several commands of a folder write to the same file.
                shared: true)
            .CreateLogger();
        return LoggerFactory.Create(logging => logging.AddSerilog(logger, dispose: true));
    }
}
