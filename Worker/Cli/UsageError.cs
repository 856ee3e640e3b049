using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Explains an invalid command line and suggests what was probably meant.</summary>
internal static partial class UsageError
{
    /// <summary>The first error of a command line.</summary>
    public static CommandException Of(ParseResult parsed, string program)
    {
        var command = parsed.CommandResult.Command;
        var help = $"{program}{string.Concat(Path(command).Select(name => " " + name))} --help";
        var helpAdvice = $"Type `{help}` for usage.";
        string[] advice = Suggestions(parsed) is { Count: > 0 } names ? [$"Did you mean {string.Join(" or ", names)}?", helpAdvice] : [helpAdvice];
        return new(Reword(parsed.Errors[0]), advice) { ExitCode = ExitCodes.Usage };
    }

    private static string Reword(ParseError error)
    {
        if (InvalidChoice().Match(error.Message) is { Success: true } choice)
        {
            return $"{NameOf(error)} must be {string.Join(" or ", Choice().Matches(choice.Groups["choices"].Value).Select(one => one.Groups[1].Value))}, not {choice.Groups["word"].Value}.";
        }

        return InvalidType().Match(error.Message) is { Success: true } typed
            ? $"{NameOf(error)} must be {(typed.Groups["type"].Value == typeof(double).FullName ? "a number" : "a whole number")}, not {typed.Groups["word"].Value}."
            : error.Message;
    }

    private static string NameOf(ParseError error) => error.SymbolResult switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult { Parent: OptionResult option } => option.Option.Name,
        ArgumentResult argument => argument.Argument.HelpName ?? argument.Argument.Name,
        _ => "It",
    };

    /// <summary>The names that System.CommandLine suggests for the first word that it does not know.</summary>
    private static List<string> Suggestions(ParseResult parsed)
    {
        // It writes them to the output: for each unknown word a sentence, then one name per line.
        using var suggestions = new StringWriter();
        parsed.InvocationConfiguration.Output = suggestions;
        parsed.InvocationConfiguration.Error = TextWriter.Null;
        new ParseErrorAction { ShowHelp = false }.Invoke(parsed);
        return [.. suggestions.ToString().Split(Environment.NewLine).Skip(1).TakeWhile(IsName)];

        // One letter, as in -h, is no typo of a word.
        static bool IsName(string line) => line.Length > 2 && !line.Contains(' ', StringComparison.Ordinal);
    }

    private static IEnumerable<string> Path(Command command) =>
        command is RootCommand ? [] : command.Parents.OfType<Command>().SelectMany(Path).Append(command.Name);

    [GeneratedRegex("^Argument '(?<word>.*)' not recognized. Must be one of:(?<choices>.*)$", RegexOptions.Singleline)]
    private static partial Regex InvalidChoice();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Choice();

    [GeneratedRegex("^Cannot parse argument '(?<word>.*)' for (option|command) '[^']*' as expected type '(?<type>[^']*)'\\.$")]
    private static partial Regex InvalidType();
}
