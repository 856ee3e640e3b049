namespace Stedi.Temporal.Worker.Hosting;

/// <summary>Where a stack's embedded parts listen.</summary>
/// <param name="Temporal">The embedded Temporal server, as host:port; null where it is elsewhere.</param>
/// <param name="Ui">The embedded Temporal server's web page; null where there is none.</param>
/// <param name="Aws">Embedded S3, Glue and Athena; null where they are elsewhere.</param>
/// <param name="WorkerKey">The access key of embedded AWS that the pipeline signs with, a secret; null where AWS is elsewhere.</param>
/// <param name="IsAttached">Whether another process runs them.</param>
public sealed record StackEndpoints(string? Temporal, Uri? Ui, Uri? Aws, string? WorkerKey, bool IsAttached);
