using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.CompilerServices;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Attaches examples to commands: the arguments and what they do.</summary>
internal static class CommandExamples
{
    private static readonly ConditionalWeakTable<Command, IReadOnlyList<(string Arguments, string Meaning)>> All = [];

    public static void AddExamples(this Command command, params IReadOnlyList<(string Arguments, string Meaning)> examples) =>
        All.AddOrUpdate(command, examples);

    public static IReadOnlyList<(string Arguments, string Meaning)> Of(Command command) =>
        All.TryGetValue(command, out var examples) ? examples : [];
}

/// <summary>Prints the default help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction inner, string program) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = inner.Invoke(parseResult);
        if (CommandExamples.Of(parseResult.CommandResult.Command) is { Count: > 0 } examples)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var (arguments, meaning) in examples)
            {
                output.WriteLine($"  {ProgramName.With(program, arguments)}");
                output.WriteLine($"      {meaning}");
            }
        }

        return code;
    }
}

/// <summary>Prints the version and the commit it was built from.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
        parseResult.InvocationConfiguration.Output.WriteLine($"stedi {version[0]}{(version.Length > 1 ? $" ({version[1][..Math.Min(12, version[1].Length)]})" : "")}");
        return ExitCodes.Done;
    }
}
