using System.Globalization;
using System.Net;
using Stedi.DevStack.Temporal;
using Temporalio.Api.Enums.V1;

namespace Stedi.DevStack.Host;

/// <summary>Parses the command lines of the two official servers: "server start-dev ..." and "PORT" (the time-skipping test server).</summary>
public static class ServerCommandLine
{
    private const string Usage =
        """
        Usage:
          temporal-dev server start-dev [--port 7233] [--namespace NAME] [--db-filename FILE]
                                        [--ui-port PORT | --headless] [--ui-asset-path DIR]
                                        [--search-attribute NAME=TYPE]... [--dynamic-config-value KEY=VALUE]...
          temporal-dev PORT [...]       a time-skipping test server; takes the same options except --port
        """;

    /// <exception cref="CommandLineException">An argument is unknown or its value cannot be used.</exception>
    public static TemporalServerOptions Parse(string[] arguments) => arguments switch
    {
        [var port, .. var rest] when int.TryParse(port, CultureInfo.InvariantCulture, out _) => ParseTestServer(Port(port), rest),
        ["server", "start-dev", .. var rest] => ParseStartDev(rest),
        _ => throw new CommandLineException(Usage),
    };

    private static TemporalServerOptions ParseStartDev(IEnumerable<string> arguments)
    {
        var parsed = StartDevArguments.Read(arguments);
        var port = parsed.Single("--port", "-p") is { } text ? Port(text) : 7233;
        int? uiPort = parsed.Has("--headless") ? null
            : parsed.Single("--ui-port") is { } ui ? Port(ui)
            : port == 0 ? 0 : port + 1000;
        var options = Options(parsed);
        return options with
        {
            Port = port,
            UiPort = uiPort,

            // The official dev server's timers take at least a second; some workflows and tests rely on it.
            DynamicConfig = Last(options.DynamicConfig.Prepend(new("history.timerProcessorMaxTimeShift", "1s")), (_, value) => value),
        };
    }

    private static TemporalServerOptions ParseTestServer(int port, IEnumerable<string> arguments)
    {
        var parsed = StartDevArguments.Read(arguments);
        return Options(parsed) with { Port = port, UiPort = parsed.Single("--ui-port") is { } ui ? Port(ui) : null, TimeSkipping = true };
    }

    private static TemporalServerOptions Options(StartDevArguments parsed)
    {
        if (parsed.Single("--ip") is { } ip && !(IPAddress.TryParse(ip, out var address) && IPAddress.IsLoopback(address)) && ip != "localhost")
        {
            throw new CommandLineException($"--ip {ip}: this server listens on 127.0.0.1 only.");
        }

        return new()
        {
            UiAssetPath = parsed.Single("--ui-asset-path"),
            Namespace = parsed.All("--namespace", "-n").FirstOrDefault() ?? "default",
            AdditionalNamespaces = [.. parsed.All("--namespace", "-n").Skip(1).Append("default")],
            StateFile = parsed.Single("--db-filename", "-f"),
            SearchAttributes = Last(parsed.Pairs("--search-attribute"), AttributeType),
            DynamicConfig = Last(parsed.Pairs("--dynamic-config-value"), (_, value) => value.Trim('"')),
        };
    }

    // Test harnesses append their own arguments, so the last value wins.
    private static Dictionary<string, T> Last<T>(IEnumerable<KeyValuePair<string, string>> pairs, Func<string, string, T> parse) =>
        pairs.GroupBy(p => p.Key).ToDictionary(g => g.Key, g => parse(g.Key, g.Last().Value));

    private static int Port(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= IPEndPoint.MaxPort
            ? port
            : throw new CommandLineException($"\"{text}\" is not a port: use a number from 0 to {IPEndPoint.MaxPort}.");

    private static IndexedValueType AttributeType(string name, string type) =>
        Enum.TryParse<IndexedValueType>(type, ignoreCase: true, out var parsed) && parsed != IndexedValueType.Unspecified
            ? parsed
            : throw new CommandLineException(
                $"--search-attribute {name}={type}: the type must be one of {string.Join(", ", Enum.GetNames<IndexedValueType>().Skip(1))}.");
}

/// <summary>The arguments are invalid; the message names the argument.</summary>
public sealed class CommandLineException(string message) : Exception(message);
