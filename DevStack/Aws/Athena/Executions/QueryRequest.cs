using Stedi.DevStack.Aws.Http;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>What StartQueryExecution asked for.</summary>
/// <param name="Output">Where results go: a prefix.</param>
internal sealed record QueryRequest(string Id, string Sql, string? Database, string WorkGroup, S3Uri Output, IReadOnlyList<string> Parameters, Principal Principal)
{
    public S3Uri ResultFile(string extension) => Output.Append(Id + extension);
}
