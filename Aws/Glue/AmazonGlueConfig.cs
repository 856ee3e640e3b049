using Amazon.Glue.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Stedi.Aws.Runtime;
using AwsEndpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.Glue;

/// <summary>Settings of a client. <c>Timeout</c> is unlimited in effect unless set.</summary>
public class AmazonGlueConfig : ClientConfig
{
    public AmazonGlueConfig()
        : base(DefaultModes.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpoints(RegionEndpointServiceName);
    }

    /// <summary>The service id: its endpoint can be set with <c>AWS_ENDPOINT_URL_GLUE</c>.</summary>
    public static new string ServiceId => GlueService.Instance.ServiceId;

    public override string RegionEndpointServiceName => GlueService.Instance.EndpointPrefix;

    public override string ServiceVersion => GlueService.Instance.ApiVersion;

    public override string UserAgent { get; } = GlueService.Instance.UserAgent;

    public override AwsEndpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointParameters.From(this, parameters.AlternateEndpoint));
}
