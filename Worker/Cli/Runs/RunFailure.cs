using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Says of a failed run what happened, what it means, and what to do: its root cause, not its stack.</summary>
internal static class RunFailure
{
    /// <summary>What a person should know of a failed run.</summary>
    public static CommandException Explain(Exception failed)
    {
        var root = Root(failed);
        var (meaning, advice) = root switch
        {
            ApplicationFailureException application => Advise(application.ErrorType),
            CanceledFailureException => ("The run was cancelled; nothing was published.", "Start another one when you are ready."),
            TerminatedFailureException => ("The run was terminated from outside; nothing was published by it.", "Start another one: it tidies up what this one left."),
            TimeoutFailureException => ("A step, or the run, took longer than it may.", "Look at what it was waiting for with `stedi show`."),
            _ => Advise(null),
        };
        return new CommandException(root.Message, [meaning, advice]);
    }

    private static Exception Root(Exception failed)
    {
        var root = failed;
        while (root.InnerException is FailureException inner)
        {
            root = inner;
        }

        return root;
    }

    private static (string Meaning, string Advice) Advise(string? type) => type switch
    {
        FailureTypes.InvalidInput => ("The run was asked for something that does not exist.", "Mend the input and start it again."),
        FailureTypes.BrokenContract => (
            "What landed is not what the tables are made of, so nothing was published.",
            "Look at the source's files: a folder may be missing, or a field may have another name. `stedi --help` shows the layout."),
        FailureTypes.LandingMismatch => (
            "A query read other files than those that landed, so nothing was published.",
            "Rename or move the files that the message names, and run again."),
        FailureTypes.TooManyRejectedLines => (
            "A source is damaged more than the limit allows, so nothing was published. Its rejected lines lie in the lake's quarantine.",
            "Mend the files and run again, or raise run.rejectedLinesLimit in temporal-dev.yaml if the loss is acceptable."),
        FailureTypes.AuditFailed => (
            "What was made breaks a rule about people's data. Readers still see the previous snapshot.",
            "This is a defect of a table's SQL or of the data's shape, not of the run: mend it before running again."),
        FailureTypes.LooserPolicy => (
            "The published tables keep only readings made after the consent; this run would show more.",
            "Give `--consent AtReading`, or `--allow-looser-policy` if that is really meant."),
        FailureTypes.MissingPseudonymKey => (
            "Pseudonyms of another key do not join with the published ones, and those of a short key can be guessed.",
            "Restore the key, or give `--new-pseudonyms` if new pseudonyms are acceptable."),
        FailureTypes.BadQuery => ("Athena cannot run a table's SQL.", "Compare the .sql file with the columns that the crawl found; `stedi sql` tries a query by hand."),
        FailureTypes.ExhaustedResources => ("A query needs more than its work group grants.", "Raise the work group's limit, or aws.memoryMiB in temporal-dev.yaml for the embedded stack."),
        FailureTypes.MissingPermission => ("The credentials do not reach something that the run needs.", "Renew them, or grant what the message names; `stedi doctor` checks them one by one."),
        FailureTypes.MissingResource => ("Something that the configuration names does not exist.", "Compare temporal-dev.yaml with the account; `stedi doctor` checks each part."),
        FailureTypes.RejectedRequest => ("AWS refuses a request, and would refuse it again.", "`stedi doctor` checks identity, permissions and each part of the lake."),
        _ => ("The run failed in a way that is not foreseen; nothing was published.", "`stedi show` has the history, and the log files below .stedi/logs the details."),
    };
}
