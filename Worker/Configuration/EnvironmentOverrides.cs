namespace Stedi.Temporal.Worker.Configuration;

/// <summary>The environment variables that override settings of the file.</summary>
internal static class EnvironmentOverrides
{
    /// <summary>The lake's bucket; setting it turns embedded AWS off.</summary>
    public const string Bucket = "STEDI_BUCKET";

    private const string Address = "TEMPORAL_ADDRESS";

    // A profile in the SDK's default file is not used unless one of these names it.
    private static readonly string[] Temporal = [Address, "TEMPORAL_PROFILE", "TEMPORAL_CONFIG_FILE"];

    /// <summary>
    /// Applies the environment. <c>AWS_*</c> variables never turn embedded AWS off: they name an account, but not the bucket
    /// of this lake.
    /// </summary>
    public static StediSettings WithEnvironment(this StediSettings settings, Func<string, string?> variable)
    {
        var bucket = variable(Bucket) is { Length: > 0 } named ? named : settings.Aws.Bucket;
        return settings with
        {
            Aws = settings.Aws with { Bucket = bucket },
            Temporal = settings.Temporal with
            {
                Address = variable(Address) is { Length: > 0 } address ? address : settings.Temporal.Address,
                FromEnvironment = Temporal.Any(name => variable(name) is { Length: > 0 }),
            },
        };
    }
}
