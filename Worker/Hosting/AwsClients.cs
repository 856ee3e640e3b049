using Amazon;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>
/// S3, Glue, Athena and STS, as the SDK's own clients. Their retries are off, because the callers have their own; every call
/// ends within a finite time.
/// </summary>
public sealed class AwsClients : IDisposable
{
    private static readonly TimeSpan ShortCalls = TimeSpan.FromSeconds(30);

    // The time to upload one object, or until a download begins.
    private static readonly TimeSpan Transfers = TimeSpan.FromMinutes(5);

    private AwsClients(AmazonS3Client s3, AmazonGlueClient glue, AmazonAthenaClient athena, AmazonSecurityTokenServiceClient sts)
    {
        S3 = s3;
        Glue = glue;
        Athena = athena;
        Sts = sts;
    }

    /// <summary>The host and port of the endpoint that the environment or a profile configures instead of AWS's own, or null.</summary>
    public static string? ConfiguredHost => Uri.TryCreate(new AmazonS3Config().ServiceURL, UriKind.Absolute, out var endpoint) ? endpoint.Authority : null;

    /// <summary>The region that the environment, a profile or the machine's role configures, or null.</summary>
    public static string? ConfiguredRegion => FallbackRegionFactory.GetRegionEndpoint()?.SystemName;

    public IAmazonS3 S3 { get; }

    public IAmazonGlue Glue { get; }

    public IAmazonAthena Athena { get; }

    /// <summary>Names the caller. The SDK also needs this assembly to assume the roles that profiles and pods name.</summary>
    public IAmazonSecurityTokenService Sts { get; }

    /// <summary>Clients of an AWS account, with the credentials that the SDK finds.</summary>
    public static AwsClients OfAccount(AwsSettings settings)
    {
        var region = settings.Region is null ? null : RegionEndpoint.GetBySystemName(settings.Region);
        return new(
            // Other endpoints have no host name for each bucket.
            new AmazonS3Client(In(new AmazonS3Config { Timeout = Transfers, ForcePathStyle = ConfiguredHost is not null })),
            new AmazonGlueClient(In(new AmazonGlueConfig { Timeout = ShortCalls })),
            new AmazonAthenaClient(In(new AmazonAthenaConfig { Timeout = ShortCalls })),
            new AmazonSecurityTokenServiceClient(In(new AmazonSecurityTokenServiceConfig { Timeout = ShortCalls })));

        T In<T>(T config)
            where T : ClientConfig
        {
            config.MaxErrorRetry = 0;
            // The SDK counts retries over broken connections separately: ten by default.
            config.MaxStaleConnectionRetries = 0;
            if (region is not null)
            {
                config.RegionEndpoint = region;
            }

            return config;
        }
    }

    /// <summary>Clients of an endpoint that speaks AWS's protocols, such as the embedded one.</summary>
    /// <param name="endpoint">Its address, with an IP so that buckets stay in the path.</param>
    /// <param name="accessKeyId">The access key; the embedded stack identifies callers by it.</param>
    public static AwsClients OfEndpoint(Uri endpoint, string accessKeyId)
    {
        var credentials = new BasicAWSCredentials(accessKeyId, "embedded");
        return new(
            new AmazonS3Client(credentials, At(new AmazonS3Config { Timeout = Transfers, ForcePathStyle = true })),
            new AmazonGlueClient(credentials, At(new AmazonGlueConfig { Timeout = ShortCalls })),
            new AmazonAthenaClient(credentials, At(new AmazonAthenaConfig { Timeout = ShortCalls })),
            new AmazonSecurityTokenServiceClient(credentials, At(new AmazonSecurityTokenServiceConfig { Timeout = ShortCalls })));

        T At<T>(T config)
            where T : ClientConfig
        {
            config.MaxErrorRetry = 0;
            config.MaxStaleConnectionRetries = 0;
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = "us-east-1";
            return config;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        S3.Dispose();
        Glue.Dispose();
        Athena.Dispose();
        Sts.Dispose();
    }
}
