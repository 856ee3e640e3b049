using System.Text.Json.Nodes;

namespace Stedi.Temporal.Tests.DevStack.Aws;

/// <summary>An error answer of Glue or Athena.</summary>
public sealed class AwsCallException(string code, string message, JsonObject body) : Exception($"{code}: {message}")
{
    public string Code => code;

    public JsonObject Body => body;
}
