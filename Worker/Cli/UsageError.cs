using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>What is wrong with a command line, in words without names of types, and what was probably meant.</summary>
internal static partial class UsageError
{
    // More letters than this apart, a word was not meant.
    private const int MaximumTypos = 2;

    /// <summary>The first error of a command line.</summary>
    public static CommandException Of(ParseResult parsed, string program)
    {
        var command = parsed.CommandResult.Command;
        var help = $"{program}{string.Concat(Path(command).Select(name => " " + name))} --help";
        var advice = parsed.UnmatchedTokens.Select(word => Closest(command, word)).FirstOrDefault(meant => meant is not null) is { } meant
            ? (string[])[$"Did you mean {meant}?", $"Type `{help}` for what is possible."]
            : [$"Type `{help}` for what is possible."];
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

    private static string? Closest(Command command, string word) => command.Subcommands.Select(sub => sub.Name)
        .Concat(command.Options.Select(option => option.Name))
        .Where(name => name.StartsWith('-') == word.StartsWith('-'))
        .Select(name => (Name: name, Apart: Distance(name, word)))
        .Where(name => name.Apart <= MaximumTypos)
        .OrderBy(name => name.Apart)
        .Select(name => name.Name)
        .FirstOrDefault();

    /// <summary>How many letters must be added, removed or changed, or neighbours swapped, to make one word of another.</summary>
    private static int Distance(string one, string other)
    {
        var apart = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    apart[i, j] = i + j;
                    continue;
                }

                apart[i, j] = Math.Min(Math.Min(apart[i - 1, j], apart[i, j - 1]) + 1, apart[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    apart[i, j] = Math.Min(apart[i, j], apart[i - 2, j - 2] + 1);
                }
            }
        }

        return apart[one.Length, other.Length];
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
