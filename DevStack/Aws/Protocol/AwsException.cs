namespace Stedi.DevStack.Aws.Protocol;

/// <summary>An error response, with AWS's error code and the HTTP status.</summary>
internal sealed class AwsException(string code, string message, int status = 400) : Exception(message)
{
    public string Code => code;

    public int Status => status;

    /// <summary>Further members of the error body, such as Athena's <c>AthenaErrorCode</c>.</summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();
}
