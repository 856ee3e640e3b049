using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Explains an invalid command line and suggests what was probably meant.</summary>
internal static partial class UsageError
{
    // The largest edit distance at which a word is suggested.
    private const int MaximumTypos = 2;

    /// <summary>The first error of a command line.</summary>
    public static CommandException Of(ParseResult parsed, string program)
    {
        var command = parsed.CommandResult.Command;
        var help = $"{program}{string.Concat(Path(command).Select(name => " " + name))} --help";
        var advice = parsed.UnmatchedTokens.Select(word => Closest(command, word)).FirstOrDefault(meant => meant is not null) is { } meant
            ? (string[])[$"Did you mean {meant}?", $"Type `{help}` for usage."]
            : [$"Type `{help}` for usage."];
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
        .Select(name => (Name: name, Distance: Distance(name, word)))
        .Where(name => name.Distance <= MaximumTypos)
        .OrderBy(name => name.Distance)
        .Select(name => name.Name)
        .FirstOrDefault();

    /// <summary>The edit distance of two words, where swapping two neighbouring letters counts as one edit (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var distances = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                distances[i, j] = Math.Min(Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1, distances[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
                }
            }
        }

        return distances[one.Length, other.Length];
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
