namespace Stedi.Temporal.Worker.Embedded;

/// <summary>Where a running stack listens, for those who attach to it.</summary>
/// <param name="ProcessId">The process that runs it.</param>
/// <param name="Temporal">The embedded Temporal server, as host:port; null if there is none.</param>
/// <param name="Ui">The embedded Temporal server's web page; null if there is none.</param>
/// <param name="Aws">Embedded S3, Glue and Athena; null if there are none.</param>
/// <param name="WorkerKey">The access key of the pipeline, a secret that lasts as long as the process; null from a version that had none.</param>
public sealed record StackAddress(int ProcessId, string? Temporal, Uri? Ui, Uri? Aws, string? WorkerKey);
