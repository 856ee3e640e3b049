using System.Runtime.InteropServices;
using Stedi.DevStack.Host;
using Stedi.DevStack.Temporal;
using Stedi.DevStack.Temporal.Common;

try
{
    var options = ServerCommandLine.Parse(args);

    // Register the handlers before printing the address: a reader of the output may stop the server immediately.
    var stopped = new TaskCompletionSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await using var server = await TemporalServer.StartAsync(options);
    Console.WriteLine($"Temporal server: {server.Target}");
    if (server.UiAddress is { } ui)
    {
        Console.WriteLine($"Web UI:          {ui}");
    }

    await stopped.Task;
    return 0;

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stopped.TrySetResult();
    }
}
catch (Exception e) when (e is CommandLineException or TemporalServerException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
