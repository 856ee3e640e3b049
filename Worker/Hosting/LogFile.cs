using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>Where everything is logged that a person at the screen need not read: one file a process, kept for a week.</summary>
internal static class LogFile
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    /// <summary>Opens the log of a process; dispose it to write out what is buffered.</summary>
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
                // A second command of the same folder logs to the same file.
                shared: true)
            .CreateLogger();
        return LoggerFactory.Create(logging => logging.AddSerilog(logger, dispose: true));
    }
}
