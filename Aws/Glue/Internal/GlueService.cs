using Stedi.Aws.Runtime;

namespace Amazon.Glue.Internal;

internal static class GlueService
{
    public static JsonService Instance { get; } = new()
    {
        ServiceId = "Glue",
        EndpointPrefix = "glue",
        ApiVersion = "2017-03-31",
        TargetPrefix = "AWSGlue",
        Shapes = WireFormat.Of(GlueJson.Default),
        Undeclared = GlueErrors.Undeclared,
    };
}
