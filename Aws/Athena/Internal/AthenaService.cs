using Amazon.Athena.Model;
using Stedi.Aws.Runtime;

namespace Amazon.Athena.Internal;

internal static class AthenaService
{
    public static JsonService Instance { get; } = new()
    {
        ServiceId = "Athena",
        EndpointPrefix = "athena",
        ApiVersion = "2017-05-18",
        TargetPrefix = "AmazonAthena",
        Shapes = WireFormat.Of(AthenaJson.Default.FillingTokenOf<StartQueryExecutionRequest>(nameof(StartQueryExecutionRequest.ClientRequestToken))),
        Undeclared = AthenaErrors.Undeclared,
    };
}
