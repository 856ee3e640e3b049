using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>The version, and the commit it was built from, on a line of its own.</summary>
sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
        parseResult.InvocationConfiguration.Output.WriteLine($"stedi {version[0]}{(version.Length > 1 ? $" ({version[1][..Math.Min(12, version[1].Length)]})" : "")}");
        return ExitCodes.Done;
    }
}
