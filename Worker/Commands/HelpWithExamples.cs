using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Stedi.Temporal.Worker.Output;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>The usual help, and below it examples that a person can type as they stand.</summary>
sealed class HelpWithExamples(HelpAction usual, string program) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (Examples.Of(parseResult.CommandResult.Command) is { Count: > 0 } examples)
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
