namespace Stedi.DevStack.Host;

/// <summary>The flags of "server start-dev". Flags of the official server that have no effect here are accepted.</summary>
internal sealed class StartDevArguments
{
    private static readonly HashSet<string> Switches =
        ["--headless", "--log-config", "--disable-config-env", "--disable-config-file", "--no-json-shorthand-payloads", "--enable-time-skipping"];

    private static readonly HashSet<string> Valued =
    [
        "--port", "-p", "--ip", "--namespace", "-n", "--db-filename", "-f", "--ui-port", "--ui-ip", "--ui-asset-path", "--http-port",
        "--metrics-port", "--search-attribute", "--dynamic-config-value", "--sqlite-pragma", "--log-format", "--log-level",
        "--log-level-server", "--ui-public-path", "--ui-codec-endpoint", "--color", "--output", "-o", "--time-format", "--command-timeout",
        "--client-connect-timeout", "--env", "--env-file", "--config-file", "--profile",
    ];

    private readonly List<KeyValuePair<string, string>> _values = [];

    /// <exception cref="CommandLineException">A flag is unknown or lacks its value.</exception>
    public static StartDevArguments Read(IEnumerable<string> arguments)
    {
        var parsed = new StartDevArguments();
        using var remaining = arguments.GetEnumerator();
        while (remaining.MoveNext())
        {
            var argument = remaining.Current;
            var equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
            var flag = equals < 0 ? argument : argument[..equals];
            if (Switches.Contains(flag))
            {
                parsed._values.Add(new(flag, ""));
            }
            else if (!Valued.Contains(flag))
            {
                throw new CommandLineException($"Unknown argument {argument}; known arguments are {string.Join(", ", Switches.Concat(Valued).Order())}.");
            }
            else
            {
                parsed._values.Add(new(flag, equals >= 0 ? argument[(equals + 1)..]
                    : remaining.MoveNext() ? remaining.Current
                    : throw new CommandLineException($"{flag} needs a value.")));
            }
        }

        return parsed;
    }

    public bool Has(string flag) => _values.Any(v => v.Key == flag);

    /// <summary>Every value given for a flag under any of its names, in order.</summary>
    public IEnumerable<string> All(params string[] names) => _values.Where(v => names.Contains(v.Key)).Select(v => v.Value);

    /// <summary>The last value given for a flag under any of its names.</summary>
    public string? Single(params string[] names) => _values.LastOrDefault(v => names.Contains(v.Key)).Value;

    /// <summary>The NAME=VALUE values of a flag that may be repeated.</summary>
    /// <exception cref="CommandLineException">A value has no equals sign.</exception>
    public IEnumerable<KeyValuePair<string, string>> Pairs(string flag) => _values.Where(v => v.Key == flag).Select(v =>
        v.Value.Split('=', 2) is [var name, var value]
            ? KeyValuePair.Create(name, value)
            : throw new CommandLineException($"{flag} {v.Value}: use the form NAME=VALUE."));
}
