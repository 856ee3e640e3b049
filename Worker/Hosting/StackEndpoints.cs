namespace Stedi.Temporal.Worker.Hosting;

/// <summary>The addresses of a stack's embedded servers.</summary>
/// <param name="Temporal">The embedded Temporal server, as host:port; null if the stack uses another one.</param>
/// <param name="Ui">The embedded Temporal server's web page; null if there is none.</param>
/// <param name="Aws">Embedded S3, Glue and Athena; null if the stack uses AWS.</param>
/// <param name="WorkerKey">The access key of embedded AWS that the pipeline signs with, a secret; null if the stack uses AWS.</param>
/// <param name="PrivacyKey">The access key of embedded AWS that the privacy commands sign with, a secret; null if the stack uses AWS, or from a version that had none.</param>
/// <param name="IsAttached">Whether another process runs them.</param>
public sealed record StackEndpoints(string? Temporal, Uri? Ui, Uri? Aws, string? WorkerKey, string? PrivacyKey, bool IsAttached);
