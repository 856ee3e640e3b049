using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>What is wrong with a command line, in words without names of types, and what was probably meant.</summary>
static partial class UsageError
{
    // More letters than this apart, a word was not meant.
    const int Typo = 2;

    /// <summary>The first error of a command line.</summary>
    public static CommandException Of(ParseResult parsed, string program)
    {
        var command = parsed.CommandResult.Command;
        var help = $"{program}{string.Concat(Path(command).Select(name => " " + name))} --help";
        var advice = parsed.UnmatchedTokens.Select(word => Closest(command, word)).FirstOrDefault(meant => meant is not null) is { } meant
            ? (string[])[$"Did you mean {meant}?", $"Type `{help}` for what is possible."]
            : [$"Type `{help}` for what is possible."];
        return new(Reworded(parsed.Errors[0]), advice) { ExitCode = ExitCodes.Usage };
    }

    static string Reworded(ParseError error) => Mistyped().Match(error.Message) switch
    {
        _ when NoChoice().Match(error.Message) is { Success: true } match =>
            $"{(error.SymbolResult is OptionResult option ? option.Option.Name : "It")} must be {string.Join(" or ", Choice().Matches(match.Groups["choices"].Value).Select(choice => choice.Groups[1].Value))}, not {match.Groups["word"].Value}.",
        { Success: true } match when match.Groups["type"].Value.EndsWith("Double", StringComparison.Ordinal) => $"{match.Groups["place"].Value} must be a number, not {match.Groups["word"].Value}.",
        { Success: true } match => $"{(match.Groups["place"].Value is ['-', ..] and var name ? name : "What is given to " + match.Groups["place"].Value)} must be a whole number, not {match.Groups["word"].Value}.",
        _ => error.Message,
    };

    static string? Closest(Command command, string word) => command.Subcommands.Select(sub => sub.Name)
        .Concat(command.Options.Select(option => option.Name))
        .Where(name => name.StartsWith('-') == word.StartsWith('-'))
        .Select(name => (Name: name, Apart: Distance(name, word)))
        .Where(name => name.Apart <= Typo)
        .OrderBy(name => name.Apart)
        .Select(name => name.Name)
        .FirstOrDefault();

    /// <summary>How many letters must be added, removed or changed, or neighbours swapped, to make one word of another.</summary>
    static int Distance(string one, string other)
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

    static IEnumerable<string> Path(Command command) =>
        command is RootCommand ? [] : command.Parents.OfType<Command>().SelectMany(Path).Append(command.Name);

    [GeneratedRegex("^Argument '(?<word>.*)' not recognized. Must be one of:(?<choices>.*)$", RegexOptions.Singleline)]
    private static partial Regex NoChoice();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Choice();

    [GeneratedRegex("^Cannot parse argument '(?<word>.*)' for (option|command) '(?<place>[^']*)' as expected type '(?<type>[^']*)'\\.$")]
    private static partial Regex Mistyped();
}
