using Amazon.Glue;
using Amazon.Glue.Model;
using Amazon.Runtime;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Tests.Publishing;

/// <summary>A Glue client that does something just before its first write of the first table.</summary>
internal sealed class InterferingGlue(AWSCredentials credentials, AmazonGlueConfig config) : AmazonGlueClient(credentials, config)
{
    public Func<Task>? BeforeWrite { get; set; }

    public override async Task<CreateTableResponse> CreateTableAsync(CreateTableRequest request, CancellationToken cancellationToken = default)
    {
        await InterfereAsync(request.TableInput);
        return await base.CreateTableAsync(request, cancellationToken);
    }

    public override async Task<UpdateTableResponse> UpdateTableAsync(UpdateTableRequest request, CancellationToken cancellationToken = default)
    {
        await InterfereAsync(request.TableInput);
        return await base.UpdateTableAsync(request, cancellationToken);
    }

    // Tables are written side by side.
    private Task InterfereAsync(TableInput table)
    {
        if (table.Name != LakeTables.All[0])
        {
            return Task.CompletedTask;
        }

        var before = BeforeWrite;
        BeforeWrite = null;
        return before?.Invoke() ?? Task.CompletedTask;
    }
}
