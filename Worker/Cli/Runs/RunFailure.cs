using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>Explains why a run failed: the message of the root cause, its meaning and what to do.</summary>
internal static class RunFailure
{
    /// <summary>Explains a run's failure.</summary>
    public static CommandException Explain(Exception failed)
    {
        var root = Root(failed);
        var (meaning, advice) = root switch
        {
            ApplicationFailureException application => Advise(application.ErrorType),
            CanceledFailureException => ("The run was cancelled; nothing was published.", "Start another run when you are ready."),
            TerminatedFailureException => ("The run was terminated from outside; it published nothing.", "Start another run; it cleans up what this one left."),
            TimeoutFailureException => ("A step or the run timed out.", "`stedi show` shows what it was waiting for."),
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
        FailureTypes.InvalidInput => ("The run's input is invalid.", "Correct the input and run again."),
        FailureTypes.BrokenContract => (
            "The lake's files do not match what the tables need, so nothing was published.",
            "Check the source's files: a folder may be missing, or a field may have another name. `stedi --help` shows the layout."),
        FailureTypes.LandingMismatch => (
            "A query did not read exactly the files that landed, so nothing was published.",
            "Rename or move the files that the message names, and run again."),
        FailureTypes.LandingChanged => (
            "Landing files changed or disappeared while a query read them, twice, so nothing was published.",
            "Wait until nobody writes to the landing folders, and run again."),
        FailureTypes.TooManyRejectedLines => (
            "Too many lines, bytes or files of a source were rejected, so nothing was published. The rejected lines are in the lake's quarantine.",
            "Correct the files and run again, or raise run.rejectedLinesLimit in temporal-dev.yaml if only the limit is exceeded and the loss is acceptable."),
        FailureTypes.UnattributedLines => (
            "A customer line that names nobody could be anybody's withdrawal, so nothing was published.",
            "`stedi quarantine list` lists such lines. Correct the files, or clear the lines that are nobody's withdrawal."),
        FailureTypes.ShrunkData => (
            "Much of what the last snapshot holds is missing, so nothing was published. Readers still see the last snapshot.",
            "Check that all files landed with all their columns. If the data is right, give `--allow-shrink` with the snapshot's number."),
        FailureTypes.SourceChanged => (
            "The published tables were built from other landing files, so nothing was published.",
            "Give `--landing` with the folder of the published tables, or `--allow-source-change` if the change is intended."),
        FailureTypes.ConsentChanged => (
            "Withdrawals landed while each of three runs was under way, so nothing was published.",
            "Wait until nobody writes to the customers' landing folder, and run again."),
        FailureTypes.AuditFailed => (
            "The new tables violate a rule about personal data. Readers still see the previous snapshot.",
            "The cause is a table's SQL or the landing data, not the run: correct it before running again."),
        FailureTypes.LooserPolicy => (
            "The published tables keep only readings made after the consent; this run would add older ones.",
            "Give `--consent AtReading`, or `--allow-looser-policy` if that is intended."),
        FailureTypes.MissingPseudonymKey => (
            "Pseudonyms of another key do not join with the published ones, and those of a short key can be guessed.",
            "Restore the key, or give `--new-pseudonyms` if new pseudonyms are acceptable."),
        FailureTypes.RepeatedFailure => ("A query or a crawl failed three times, so nothing was published.", "The message names the query or the crawler's log. Run again once the cause is gone."),
        FailureTypes.BadQuery => ("Athena cannot run a table's SQL.", "Compare the .sql file with the columns that the crawl found; `stedi sql` tries a query by hand."),
        FailureTypes.ExhaustedResources => ("A query exceeded the limits of its work group.", "Raise the work group's limit, or aws.memoryMiB in temporal-dev.yaml for the embedded stack."),
        FailureTypes.MissingPermission => ("The credentials have expired or lack a permission that the run needs.", "Renew them, or grant what the message names; `stedi doctor` checks each permission."),
        FailureTypes.MissingResource => ("Something that the configuration names does not exist.", "Compare temporal-dev.yaml with the account; `stedi doctor` checks each part."),
        FailureTypes.RejectedRequest => ("AWS rejected a request and would reject a retry too.", "`stedi doctor` checks identity, permissions and each part of the lake."),
        _ => ("The run failed unexpectedly; nothing was published.", "`stedi show` has the history, and the log files below .stedi/logs the details."),
    };
}
