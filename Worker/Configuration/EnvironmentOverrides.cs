namespace Stedi.Temporal.Worker.Configuration;

/// <summary>What the environment changes about a file's settings.</summary>
internal static class EnvironmentOverrides
{
    /// <summary>Names the lake's bucket, and so turns embedded AWS off.</summary>
    public const string Bucket = "STEDI_BUCKET";

    // A profile in the SDK's default file is not asked for by anyone here: only naming one is.
    private static readonly string[] Temporal = ["TEMPORAL_ADDRESS", "TEMPORAL_PROFILE", "TEMPORAL_CONFIG_FILE"];

    /// <summary>
    /// Applies the environment. <c>AWS_*</c> variables never turn embedded AWS off: they may reach somebody's account,
    /// and say nothing of this lake.
    /// </summary>
    public static StediSettings WithEnvironment(this StediSettings settings, Func<string, string?> variable)
    {
        var bucket = variable(Bucket) is { Length: > 0 } named ? named : settings.Aws.Bucket;
        return settings with
        {
            Aws = settings.Aws with { Bucket = bucket },
            Temporal = settings.Temporal with { FromEnvironment = Temporal.Any(name => variable(name) is { Length: > 0 }) },
        };
    }
}
