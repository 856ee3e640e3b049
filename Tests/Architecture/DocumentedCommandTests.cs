using System.Text.RegularExpressions;
using Stedi.Testing;

namespace Stedi.Architecture.Tests;

/// <summary>The command lines in the documentation are accepted by the programs that they name.</summary>
public sealed partial class DocumentedCommandTests
{
    // Placeholders that stand for something else than a word.
    private static readonly Dictionary<string, string> Placeholders = new() { ["GENERATION"] = "1", ["CRON"] = "0 3 * * *", ["LINE"] = "5d41402abc4b" };

    [Fact]
    public void StediCommands_InBlocksAndTables_Parse()
    {
        var commands = (from page in MarkdownPage.All
                        from line in page.ShellLines.Concat(page.TableCommands)
                        from command in StediArguments(line)
                        select (page, line, errors: CommandRun.Parse(command).Errors)).ToList();

        commands.Count.ShouldBeGreaterThan(30);
        commands.Where(command => command.errors.Count > 0)
            .Select(command => $"{command.page}: {command.line}: {string.Join(' ', command.errors.Select(error => error.Message))}").ShouldBeEmpty();
    }

    /// <summary>Text may name a command or an option without its arguments.</summary>
    [Fact]
    public void StediCommands_InText_NameKnownCommandsAndOptions()
    {
        var unknown = from page in MarkdownPage.All
                      from span in page.CodeSpans
                      from command in StediArguments(span)
                      from token in CommandRun.Parse(command).UnmatchedTokens
                      select $"{page}: {span}: {token}";

        unknown.ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_OfEveryCommandInTheTableOfCommands_Succeeds()
    {
        var page = MarkdownPage.All.Single(page => page.Name == "docs/commands.md");
        using var folder = new TempFolder();

        foreach (var command in page.TableCommands.SelectMany(StediArguments))
        {
            (await CommandRun.InAsync(folder.Path, [.. command, "--help"])).ExitCode.ShouldBe(0, string.Join(' ', command));
        }
    }

    [Fact]
    public void DotnetCommands_InEveryPage_NameProjectsThatExist()
    {
        var named = MarkdownPage.All
            .SelectMany(page => page.ShellLines.Concat(page.CodeSpans).SelectMany(line => DotnetTarget().Matches(line)).Select(match => (page, target: match.Groups[1].Value)))
            .ToList();

        named.Count.ShouldBeGreaterThan(10);
        named.Where(found => !Path.Exists(Path.Combine(Repository.Root, found.target))).ShouldBeEmpty();
    }

    [Fact]
    public void Words_OfALine_AreThoseOfAShell()
    {
        StediArguments("STEDI_BUCKET=b stedi sql \"select 'a' from t\" [--csv] > file # comment").ShouldBe([["sql", "select 'a' from t", "--csv"]]);
        StediArguments("dotnet run --project Worker -c Release -- bench pipeline").ShouldBe([["bench", "pipeline"]]);
        StediArguments("dotnet run --project Worker").ShouldBe([[]]);
        StediArguments("stedi-worker").ShouldBeEmpty();
    }

    /// <summary>The arguments that a line passes to stedi; empty if it does not call it.</summary>
    private static IEnumerable<string[]> StediArguments(string line)
    {
        if (StediCommand().Match(line) is not { Success: true } call)
        {
            yield break;
        }

        yield return
        [
            .. Word().Matches(line[call.Length..])
                .TakeWhile(word => word.Value[0] is not ('#' or '>' or '|' or ';' or '&'))
                .Select(word => word.Value.Trim('"', '\''))
                .Select(word => word.Trim('[', ']'))
                .Select(word => Placeholders.GetValueOrDefault(word, word)),
        ];
    }

    [GeneratedRegex(@"^(?:\$ )?(?:[A-Z_]+=\S* )*(?:stedi|dotnet run --project Worker(?: -c Release)?(?: --(?= )|(?=$| *#)))(?=$| )")]
    private static partial Regex StediCommand();

    [GeneratedRegex("""\[?"[^"]*"\]?|'[^']*'|\S+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:dotnet (?:run|test|build|publish) (?:--project |--solution )?)(\w[\w./]*)")]
    private static partial Regex DotnetTarget();
}
