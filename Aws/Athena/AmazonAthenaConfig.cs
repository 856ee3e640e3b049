using Amazon.Athena.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Stedi.Aws.Runtime;
using AwsEndpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.Athena;

/// <summary>Settings of a client. <c>Timeout</c> is unlimited in effect unless set.</summary>
public class AmazonAthenaConfig : ClientConfig
{
    public AmazonAthenaConfig()
        : base(DefaultModes.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpoints(RegionEndpointServiceName);
    }

    /// <summary>The service id: its endpoint can be set with <c>AWS_ENDPOINT_URL_ATHENA</c>.</summary>
    public static new string ServiceId => AthenaService.Instance.ServiceId;

    public override string RegionEndpointServiceName => AthenaService.Instance.EndpointPrefix;

    public override string ServiceVersion => AthenaService.Instance.ApiVersion;

    public override string UserAgent { get; } = AthenaService.Instance.UserAgent;

    public override AwsEndpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointParameters.From(this, parameters.AlternateEndpoint));
}
