using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Executions;

internal sealed class UnloadExecution(QueryPreparation preparation, FileOutput output, ManifestFile manifests)
{
    private static readonly HashSet<string> Known = ["format", "compression", "compression_level", "field_delimiter"];

    public async Task<QueryOutcome> RunAsync(QueryRun run, Statement.Unload unload)
    {
        if (unload.Properties.Keys.FirstOrDefault(k => !Known.Contains(k)) is { } unknown)
        {
            throw new QueryFailedException($"INVALID_TABLE_PROPERTY: Unload property '{unknown}' does not exist", AthenaErrorType.InvalidProperty);
        }

        if (!unload.Properties.TryGetValue("format", out var name))
        {
            throw new QueryFailedException("INVALID_TABLE_PROPERTY: Unload property 'format' is required", AthenaErrorType.InvalidProperty);
        }

        var format = OutputFormat.Of(name, unload.Properties.GetValueOrDefault("compression"), unload.Properties.GetValueOrDefault("field_delimiter", "\u0001"));
        var target = output.EmptyTarget(run.Request, unload.Target);
        var prepared = await preparation.PrepareAsync(run, unload.Query);
        var written = output.Write(run, prepared, TypedSelect.Of(prepared), format, unload.PartitionedBy, target);
        return new QueryOutcome([], null, written.Rows, prepared.BytesScanned, manifests.Write(run, written.Files));
    }
}
