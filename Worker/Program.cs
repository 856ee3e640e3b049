using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stedi.Temporal.Activities;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

return await StediCommandLine.RunAsync(args, Compose(CommandContext.FromProcess()));

internal partial class Program
{
    /// <summary>Gives the commands the parts of the program that they do not see themselves.</summary>
    internal static CommandContext Compose(CommandContext context)
    {
        context = context with { WorkerHostFactory = CreateWorkerHost };
        AddLocal(ref context);
        return context;
    }

    /// <summary>
    /// Builds the host that executes workflows and activities. `stedi worker` and `stedi up` run it until they are stopped,
    /// and commands that follow a run to its end run it meanwhile. Settings are read and validated before the stack is opened.
    /// </summary>
    internal static IHost CreateWorkerHost(LakehouseStack stack, ITemporalClient client, TimeProvider time)
    {
        // Without the default configuration sources, which read the environment and the caller's directory.
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "stedi" });
        builder.Services
            .AddSingleton<IHostLifetime, CommandLifetime>()
            .AddSingleton(stack.Logs)
            .AddSingleton(time)
            .AddSingleton(client)
            .AddSingleton(stack.Worker.S3)
            .AddSingleton(stack.Worker.Glue)
            .AddSingleton(stack.Worker.Athena)
            .AddLakehouseActivities(stack.Lake)
            .AddHostedTemporalWorker(stack.Settings.TaskQueue)
            .ConfigureOptions(options =>
            {
                options.Identity = WorkerIdentity.Of(stack.Lake);
                options.Interceptors = LakehouseActivities.Interceptors(stack.Lake, time);
                options.MaxHeartbeatThrottleInterval = HeartbeatInterceptor.MaxThrottle;
                // The Web UI's call stack shows where a run waits.
                options.WorkflowStackTrace = WorkflowStackTrace.Normal;
            })
            .AddWorkflow<LakehouseWorkflow>()
            .AddWorkflow<RollbackWorkflow>()
            .AddScopedActivities<ICatalogActivities>()
            .AddScopedActivities<IConsentActivities>()
            .AddScopedActivities<ICurationActivities>()
            .AddScopedActivities<ISensorActivities>()
            .AddScopedActivities<IAuditActivities>()
            .AddScopedActivities<IPublishingActivities>()
            .AddScopedActivities<ILineageActivities>();
        return builder.Build();
    }

    /// <summary>Adds the embedded stack and its commands, where Worker/Local is compiled.</summary>
    static partial void AddLocal(ref CommandContext context);
}
