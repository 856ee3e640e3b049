using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.CompilerServices;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Examples of a command, kept beside it: what to type after the program's name, and what it does.</summary>
internal static class CommandExamples
{
    private static readonly ConditionalWeakTable<Command, IReadOnlyList<(string Arguments, string Meaning)>> All = [];

    public static void AddExamples(this Command command, params IReadOnlyList<(string Arguments, string Meaning)> examples) =>
        All.AddOrUpdate(command, examples);

    public static IReadOnlyList<(string Arguments, string Meaning)> Of(Command command) =>
        All.TryGetValue(command, out var examples) ? examples : [];
}

/// <summary>The usual help, and below it examples that a person can type as they stand.</summary>
internal sealed class HelpWithExamples(HelpAction usual, string program) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
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

/// <summary>The version, and the commit it was built from, on a line of its own.</summary>
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
