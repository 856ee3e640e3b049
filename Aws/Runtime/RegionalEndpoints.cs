using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using AwsEndpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Stedi.Aws.Runtime;

/// <summary>Resolves the endpoint of a service: one per region, unless a URL is configured.</summary>
internal sealed class RegionalEndpoints(string prefix) : IEndpointProvider
{
    public AwsEndpoint ResolveEndpoint(EndpointParameters parameters) => new(Url((RegionalEndpointParameters)parameters));

    private string Url(RegionalEndpointParameters parameters)
    {
        if (parameters.Url is { } configured)
        {
            return configured;
        }

        if (parameters.Region is not { } region)
        {
            throw new AmazonClientException("No RegionEndpoint or ServiceURL configured: set AWS_REGION, or AWS_ENDPOINT_URL for another endpoint.");
        }

        var fips = parameters.UseFips ? "-fips" : "";
        var suffix = !parameters.UseDualStack ? region.PartitionDnsSuffix
            : region.PartitionName == "aws" ? "api.aws"
            : throw new AmazonClientException($"No dual-stack endpoint is known in partition {region.PartitionName}: set ServiceURL instead.");
        return $"https://{prefix}{fips}.{region.SystemName}.{suffix}";
    }
}

/// <summary>The settings that the endpoint depends on.</summary>
internal sealed class RegionalEndpointParameters : EndpointParameters
{
    public string Url { get; private init; }

    public RegionEndpoint Region { get; private init; }

    public bool UseFips { get; private init; }

    public bool UseDualStack { get; private init; }

    public static RegionalEndpointParameters From(IClientConfig config, RegionEndpoint alternate) => new()
    {
        Url = alternate is null ? config.ServiceURL : null,
        Region = alternate ?? config.RegionEndpoint,
        UseFips = config.UseFIPSEndpoint,
        UseDualStack = config.UseDualstackEndpoint,
    };
}
