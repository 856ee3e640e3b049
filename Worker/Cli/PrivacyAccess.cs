using System.CommandLine;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Privacy;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>The lake as the privacy role sees it.</summary>
internal sealed class PrivacyAccess
{
    private readonly LakehouseStack _stack;

    public PrivacyAccess(LakehouseStack stack, TimeProvider time)
    {
        _stack = stack;
        Objects = new(stack.Privacy.S3, stack.Lake, time);
        Catalog = new(stack.Privacy.Glue, time);
        Queries = new(stack.Privacy.Athena, Objects, stack.Lake, time);
        Cleared = new(Objects, Catalog, stack.Lake);
        Quarantine = new(Objects, Catalog, Queries, stack.Lake, time);
        Explainer = new(Objects, Catalog, Queries, stack.Lake, time);
    }

    public LakeObjects Objects { get; }

    public LakeCatalog Catalog { get; }

    public PrivateQueries Queries { get; }

    public ClearedLineStore Cleared { get; }

    public QuarantineReader Quarantine { get; }

    public PersonExplainer Explainer { get; }

    /// <summary>Who runs the command: the user of this machine, or the AWS identity.</summary>
    /// <param name="name">A name that the user adds, or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<string> CallerAsync(string? name, CancellationToken cancellationToken)
    {
        var caller = _stack.Endpoints.Aws is null
            ? (await _stack.Privacy.Sts.GetCallerIdentityAsync(new(), cancellationToken)).Arn
            : $"{Environment.UserName}@{Environment.MachineName}";
        return string.IsNullOrWhiteSpace(name) ? caller : $"{name.Trim()} ({caller})";
    }
}

/// <summary>Registers the handlers of commands that need the privacy role.</summary>
internal static class PrivacyActions
{
    /// <summary>Registers a command's handler, which says what to do if its credentials lack a right.</summary>
    public static void SetPrivacyAction(this Command command, CommandContext context, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetHandledAction(context, async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (ApplicationFailureException e) when (e.ErrorType == FailureTypes.MissingPermission)
            {
                throw new CommandException(
                    $"This command needs the privacy role. {FirstSentence(e.Message)}",
                    "On AWS, take the role stedi-privacy, for example with AWS_PROFILE=stedi-privacy, and set lake.privacyWorkGroup to stedi-privacy; docs/aws.md has the profile.",
                    "`stedi doctor` shows whose credentials are in use.");
            }
        });

    private static string FirstSentence(string message) => message.Split(". ", 2)[0].TrimEnd('.') + ".";
}
