using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>What a statement that succeeded leaves.</summary>
/// <param name="ResultFile">CSV with a header line for queries, tab-separated text for all else; null where there is neither.</param>
internal sealed record QueryOutcome(IReadOnlyList<ResultColumn> Columns, S3Uri? ResultFile = null, long? UpdateCount = null, long BytesScanned = 0, S3Uri? Manifest = null)
{
    public static QueryOutcome Nothing { get; } = new([]);
}
