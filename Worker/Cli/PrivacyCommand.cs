using System.CommandLine;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli;

/// <summary><c>stedi privacy</c>: answers for the data of one person.</summary>
internal static class PrivacyCommand
{
    private const int MaxLength = 1000;

    public static Command Create(CommandContext context)
    {
        var command = new Command("privacy", "Answers for the data of one person. Needs the privacy role.") { CreateExplain(context) };
        command.AddExamples(("privacy explain < identity.txt", "What the lake holds of a person, and why."));
        return command;
    }

    private static Command CreateExplain(CommandContext context)
    {
        var arguments = new Argument<string[]>("identity") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        var json = CommonOptions.Json("Print the explanation as JSON.");
        var config = CommonOptions.Config();
        var command = new Command("explain", "Reads an email address or a serial number from standard input and explains what the lake holds of the person: their records in today's landing, the rule that decides, and their rows in every published and kept snapshot. Neither the identity nor anybody's name is printed.")
        {
            arguments, json, config,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(arguments) is { Length: > 0 })
            {
                // What was typed is not repeated.
                result.AddError("The identity is read from standard input only: every user of this machine can see a command's arguments, and the shell keeps them in its history.");
            }
        });
        command.AddExamples(
            ("privacy explain", "Type the address or serial number, then Enter."),
            ("privacy explain --json < identity.txt", "The same as JSON, from a file with one line."));
        command.SetPrivacyAction(context, async (parsed, cancellationToken) =>
        {
            var settings = context.LoadSettings(parsed.GetValue(config));
            var identity = await ReadIdentityAsync(context, cancellationToken);
            await using var stack = await LakehouseStack.OpenLakeAsync(context, settings, cancellationToken);
            var access = new PrivacyAccess(stack, context.Time);
            var explanation = await access.Explainer.ExplainAsync(identity, cancellationToken);
            if (parsed.GetValue(json))
            {
                context.Terminal.Output.WriteLine(JsonOutput.Serialize(explanation));
            }
            else
            {
                new ExplanationView(context.Terminal.Results).Write(explanation);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<string> ReadIdentityAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!context.IsInputRedirected)
        {
            context.WriteStatus("Type the email address or the serial number, then Enter:");
        }

        var first = (await context.Input.ReadLineAsync(cancellationToken))?.Trim();
        if (string.IsNullOrEmpty(first))
        {
            throw new CommandException("There is no identity on standard input.", "Type an email address or a serial number on one line.") { ExitCode = ExitCodes.Usage };
        }

        return first.Length <= MaxLength ? first : throw new CommandException($"An identity has at most {MaxLength} characters.", "Type one email address or one serial number.") { ExitCode = ExitCodes.Usage };
    }
}
