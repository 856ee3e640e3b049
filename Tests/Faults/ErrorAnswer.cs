using System.Text;

namespace Stedi.Temporal.Tests.Faults;

/// <summary>Errors as the services write them.</summary>
internal static class ErrorAnswer
{
    private const string Message = "The test asked for this.";

    public static ProxiedAnswer Json(string code, int status) =>
        Of(status, "application/x-amz-json-1.1", $$"""{"__type":"{{code}}","Message":"{{Message}}"}""");

    public static ProxiedAnswer Xml(string code, int status) =>
        Of(status, "application/xml", $"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{Message}</Message></Error>""");

    public static ProxiedAnswer Of(int status, string contentType, string body) => new(
        status,
        new Dictionary<string, string[]> { ["Content-Type"] = [contentType], ["x-amzn-RequestId"] = ["fault"] },
        Encoding.UTF8.GetBytes(body));
}
