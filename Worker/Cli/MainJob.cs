using Stedi.Temporal.Worker.Cli.Landing;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>The main job: opens the stack, prepares landing data, runs the worker and the workflow, and prints the report.</summary>
internal sealed class MainJob(CommandContext context, MainJobOptions options)
{
    /// <summary>Runs the main job.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settings = context.LoadSettings(options.ConfigFile);
        var folder = options.Landing is null ? null : LandingFolder.Open(options.Landing);
        var input = settings.Run.CreateInput(settings.Aws) with
        {
            SourcePrefix = folder?.SourcePrefix ?? "",
            ConsentPolicy = options.Consent ?? settings.Run.ConsentPolicy,
            AllowLooserPolicy = options.AllowLooserPolicy,
            AllowShrink = options.AllowShrink,
            // Whoever names a folder wants its data published, whatever was published before.
            AllowSourceChange = options.AllowSourceChange || folder is not null,
        };

        context.WriteOpening();
        var stack = await LakehouseStack.OpenAsync(context, settings, cancellationToken);
        await using (stack)
        {
            context.WriteStatus(DescribeStack(stack));
            ThrowIfNoWorker(stack);
            try
            {
                var run = await JoinOrStartAsync(stack, folder, input, cancellationToken);
                if (!options.WaitsForEnd)
                {
                    return ReportStarted(run);
                }

                return await ReportAsync(await FollowAsync(stack, run, cancellationToken), stack);
            }
            catch (WorkflowFailedException e)
            {
                throw RunFailure.Explain(e);
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or RpcException or TemporalException)
            {
                WriteStopped(stack);
                return ExitCodes.Interrupted;
            }
        }
    }

    private async Task<JoinedRun> JoinOrStartAsync(LakehouseStack stack, LandingFolder? folder, LakehouseInput input, CancellationToken cancellationToken)
    {
        var runs = new LakehouseRuns(await stack.ConnectAsync(), stack.Settings.WorkflowId, stack.Settings.TaskQueue);
        if (await runs.FindOpenAsync(cancellationToken) is { } open)
        {
            // The open run's landing files must not change, so nothing is uploaded.
            if (options.NewPseudonyms)
            {
                throw new CommandException(
                    $"Run {open.RunId} is open, and its pseudonyms must not change while it runs.",
                    "Wait until it has ended or stop it with `stedi cancel`, then run this command again.");
            }

            var joined = runs.Join(open, input);
            context.WriteStatus($"Continuing the open run {open.RunId}");
            return joined;
        }

        if (options.NewPseudonyms)
        {
            await new NewPseudonyms(context, stack).AcceptAsync(cancellationToken);
        }

        await new LandingPreparation(context, stack).PrepareAsync(folder, cancellationToken);
        return await runs.JoinOrStartAsync(input, cancellationToken);
    }

    private Task<LakehouseReport> FollowAsync(LakehouseStack stack, JoinedRun run, CancellationToken cancellationToken)
    {
        var follower = new RunFollower(context, stack);
        return options.RunsWorker
            ? follower.WorkAsync<LakehouseReport>(run.Handle, cancellationToken)
            : follower.WatchAsync<LakehouseReport>(run.Handle, cancellationToken);
    }

    private void ThrowIfNoWorker(LakehouseStack stack)
    {
        if (!options.RunsWorker && stack.Endpoints is { Temporal: not null, IsAttached: false })
        {
            throw new CommandException(
                "No stack is running in this folder, so no worker would execute the run.",
                "Type `stedi up` in another terminal first, or `stedi` alone to do everything in one.");
        }
    }

    private int ReportStarted(JoinedRun run)
    {
        if (options.Json)
        {
            context.Terminal.Output.WriteLine(JsonOutput.Serialize(new StartedRun(run.Handle.Id, run.Handle.RunId!, run.WasOpen)));
        }
        else
        {
            context.Terminal.Output.WriteLine($"{(run.WasOpen ? "Already open: run" : "Started run")} {run.Handle.RunId}");
            context.WriteStatus($"Follow it with `{context.Program} run --wait`, or look at it with `{context.Program} show`.");
        }

        return ExitCodes.Done;
    }

    private async Task<int> ReportAsync(LakehouseReport report, LakehouseStack stack)
    {
        if (options.Json)
        {
            context.Terminal.Output.WriteLine(JsonOutput.Serialize(report));
        }
        else
        {
            new ReportView(context.Terminal.Results).Write(report, await ReportFooter.OfAsync(stack, context.Program));
        }

        return report.Snapshot.Outcome == PublishOutcome.Published ? ExitCodes.Done : ExitCodes.Superseded;
    }

    private static string DescribeStack(LakehouseStack stack) => stack.Endpoints switch
    {
        { IsAttached: true, Ui: { } page } => $"Attached to the stack that another command runs here; its page is {page}",
        { IsAttached: true } => "Attached to the stack that another command runs here",
        { Temporal: { } temporal, Ui: { } page, Aws: { } aws } => $"Temporal on {temporal}, its page on {page}; S3, Glue and Athena on {aws.Authority}; state in {StackFolder.Display(stack.Folder.Root)}",
        { Temporal: { } temporal, Ui: { } page } => $"Temporal on {temporal}, its page on {page}; the lake is {stack.LakePlace}",
        { Aws: { } aws } => $"S3, Glue and Athena on {aws.Authority}; Temporal is elsewhere",
        _ => $"The lake is {stack.LakePlace}",
    };

    private void WriteStopped(LakehouseStack stack)
    {
        context.WriteStatus("");
        context.WriteStatus(stack.Endpoints is { Temporal: not null, IsAttached: false }
            ? $"Stopped. The run is kept in {StackFolder.Display(stack.Folder.State)} and continues when you run the command again."
            : "Stopped watching. The run stays open on its server; run the command again to work on it.");
        context.WriteStatus($"To cancel it: {context.Program} cancel");
    }
}

/// <summary>The main job's command-line options; null means the value in temporal-dev.yaml.</summary>
public sealed record MainJobOptions
{
    public string? Landing { get; init; }

    public ConsentPolicy? Consent { get; init; }

    public bool AllowLooserPolicy { get; init; }

    public int AllowShrink { get; init; }

    public bool AllowSourceChange { get; init; }

    public bool NewPseudonyms { get; init; }

    public bool Json { get; init; }

    public string? ConfigFile { get; init; }

    /// <summary>Whether this process runs the worker; otherwise a worker elsewhere does.</summary>
    public bool RunsWorker { get; init; } = true;

    /// <summary>Whether this process waits for the end of the run.</summary>
    public bool WaitsForEnd { get; init; } = true;
}

/// <summary>A run that other workers execute.</summary>
/// <param name="WorkflowId">Temporal's workflow id.</param>
/// <param name="RunId">Temporal's run id.</param>
/// <param name="WasOpen">Whether it was open before the command.</param>
public sealed record StartedRun(string WorkflowId, string RunId, bool WasOpen);
