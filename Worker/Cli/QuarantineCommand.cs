using System.CommandLine;
using Stedi.Temporal.Activities.Privacy;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi quarantine</c>: lists, shows and clears lines that keep a run from publishing or a person from being published.</summary>
internal static class QuarantineCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("quarantine", "Lists and shows the lines that a run has quarantined, and clears customer lines that somebody has looked at. Needs the privacy role.")
        {
            CreateList(context),
            CreateShow(context),
            CreateClear(context),
        };
        command.AddExamples(
            ("quarantine list 3f2a91c0", "The lines that a run has quarantined, without their text."),
            ("quarantine show 3f2a91c0 5d41402abc4b", "The text of one of them."),
            ("quarantine clear 3f2a91c0 5d41402abc4b --reason \"Ticket 812: cut off by the export\"", "Count it as blank from the next run on."));
        return command;
    }

    private static Command CreateList(CommandContext context)
    {
        var run = new Argument<string?>("run") { HelpName = "RUN", Description = "A run id or the beginning of one. Default: no run, only the lines that are cleared now.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json("Print the list as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("list", "Lists what a run has quarantined, by file, kind and reason, and who has cleared which line and why.") { run, json, config };
        command.AddExamples(("quarantine list", "The lines that are cleared now."), ("quarantine list 3f2a91c0", "What a run has quarantined, too."));
        command.SetPrivacyAction(context, async (parsed, cancellationToken) =>
        {
            var listing = await ListAsync(context, parsed.GetValue(config), parsed.GetValue(run), cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(listing));
            }
            else
            {
                new QuarantineView(context.Terminal.Results).Write(listing);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateShow(CommandContext context)
    {
        var run = RunArgument();
        var line = LineArgument();
        var json = CommonOptions.Json("Print the line as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("show", "Shows the text of a quarantined customer line. The text is personal data: do not keep the output.") { run, line, json, config };
        command.AddExamples(("quarantine show 3f2a91c0 5d41402abc4b", "The text of a line of `quarantine list`."));
        command.SetPrivacyAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var found = await FindAsync(stack, new(stack, context.Time), parsed.GetRequiredValue(run), parsed.GetRequiredValue(line), cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(found));
            }
            else
            {
                QuarantineView.Write(context.Terminal.Output, found);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateClear(CommandContext context)
    {
        var run = RunArgument();
        var line = LineArgument();
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Description = "Why the line may be ignored, without personal data. It is listed.", Required = true };
        var by = new Option<string?>("--by") { HelpName = "NAME", Description = "A name to list beside the user or the AWS identity that runs the command." };
        var json = CommonOptions.Json("Print the cleared line as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("clear", "Counts a quarantined customer line as blank, from the next run on: a rejected line, a record without consent and date, or a record with a consent that claims somebody else's device. It holds for that line only.")
        {
            run, line, reason, by, json, config,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(reason) is { } text && string.IsNullOrWhiteSpace(text))
            {
                result.AddError("--reason must say why the line may be ignored.");
            }
        });
        command.AddExamples(("quarantine clear 3f2a91c0 5d41402abc4b --reason \"Ticket 812: cut off by the export\" --by \"Data protection\"", "Clear a line of `quarantine list`."));
        command.SetPrivacyAction(context, async (parsed, cancellationToken) =>
        {
            await using var stack = await LakehouseStack.OpenAsync(context, context.LoadSettings(parsed.GetValue(config)), cancellationToken);
            var access = new PrivacyAccess(stack, context.Time);
            var found = await FindAsync(stack, access, parsed.GetRequiredValue(run), parsed.GetRequiredValue(line), cancellationToken);
            RequireClearable(found);
            var (cleared, isNew) = await access.Cleared.AddAsync(
                new(found.LineKey, found.File, found.Kind, parsed.GetRequiredValue(reason).Trim(), await access.CallerAsync(parsed.GetValue(by), cancellationToken), context.Time.GetUtcNow()),
                cancellationToken);
            context.Terminal.Output.WriteLine(parsed.GetValue(json) ? JsonOutput.Serialize(ListedClearedLine.Of(cleared)) : QuarantineView.Cleared(cleared, isNew));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string> RunArgument() => new("run") { HelpName = "RUN", Description = "A run id or the beginning of one." };

    private static Argument<string> LineArgument()
    {
        var line = new Argument<string>("line") { HelpName = "LINE", Description = $"A line of `quarantine list`, or at least {QuarantineReader.ShortestKey} characters of its beginning." };
        line.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !QuarantineReader.IsKey(text))
            {
                // What was typed is not repeated: it may be somebody's address.
                result.AddError($"LINE is the name of a line in `quarantine list`: at least {QuarantineReader.ShortestKey} hexadecimal digits.");
            }
        });
        return line;
    }

    private static async Task<QuarantineListing> ListAsync(CommandContext context, string? configFile, string? run, CancellationToken cancellationToken)
    {
        var settings = context.LoadSettings(configFile);
        await using var stack = run is null
            ? await LakehouseStack.OpenLakeAsync(context, settings, cancellationToken)
            : await LakehouseStack.OpenAsync(context, settings, cancellationToken);
        var access = new PrivacyAccess(stack, context.Time);
        var runId = run is null ? null : await FindRunAsync(stack, run, cancellationToken);
        var lines = runId is null ? [] : await access.Quarantine.ListAsync(runId, cancellationToken);
        var cleared = await access.Cleared.ListAsync(cancellationToken);
        var clearedKeys = cleared.Select(line => line.LineKey).ToHashSet();
        return new(
            runId,
            [.. lines.Select(line => new ListedQuarantineEntry(line.LineKey, line.Source, line.File, line.Kind, line.Reason, line.Lines, line.LineKey is { } key && clearedKeys.Contains(key)))],
            [.. cleared.Select(ListedClearedLine.Of)]);
    }

    private static async Task<QuarantinedLine> FindAsync(LakehouseStack stack, PrivacyAccess access, string run, string line, CancellationToken cancellationToken)
    {
        var runId = await FindRunAsync(stack, run, cancellationToken);
        var found = await access.Quarantine.FindAsync(runId, line, cancellationToken);
        return found.DistinctBy(one => one.LineKey).Count() switch
        {
            1 => found[0],
            0 => throw new CommandException(
                $"Run {runId} has no customer line {line.ToLowerInvariant()} in the quarantine.",
                $"`stedi quarantine list {runId}` lists its lines. They expire after {stack.Lake.Expiry.TotalDays:0} days.",
                "Accepted records are there only if they can be cleared. A refusal with a date never can: only a later record of the person replaces it."),
            var keys => throw new CommandException($"{keys} lines begin with {line.ToLowerInvariant()}.", "Type more characters of the line."),
        };
    }

    private static async Task<string> FindRunAsync(LakehouseStack stack, string run, CancellationToken cancellationToken) =>
        (await new RunFinder(await stack.ConnectAsync(), stack.Settings).FindAsync(run, cancellationToken)).RunId;

    private static void RequireClearable(QuarantinedLine line)
    {
        if (!ClearableKinds.All.Contains(line.Kind))
        {
            throw new CommandException(
                $"Line {line.LineKey[..12]} cannot be cleared: it is a {line.Kind}.",
                $"Only a {string.Join(", an ", ClearableKinds.All.Take(2))} or a {ClearableKinds.Consent} can. A refusal with a date holds until a later record of the person replaces it.");
        }
    }
}
