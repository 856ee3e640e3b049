using Amazon.Athena.Model;

namespace Stedi.Temporal.Activities.Queries;

/// <summary>An UNLOAD that succeeded.</summary>
/// <param name="Location">Where it wrote, as an <c>s3://</c> URI ending in a slash.</param>
/// <param name="Execution">What Athena says of it.</param>
public sealed record FinishedUnload(string Location, QueryExecution Execution);
