using System.Reflection;
using System.Text.RegularExpressions;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;

namespace Stedi.Temporal.Tests.Aws;

/// <summary>
/// Every error that AWS's own model gives an operation arrives as its type, and none other does. The model is read from
/// the documentation of the JavaScript SDK, which is generated from it; where that is not installed the test is skipped.
/// </summary>
public sealed class ModelledErrorsTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("glue")]
    [InlineData("athena")]
    public async Task Every_error_of_every_operation_has_its_type(string service)
    {
        var commands = Path.Combine(Environment.GetEnvironmentVariable("STEDI_NODE_CLIENTS") ?? "", "node_modules", "@aws-sdk", $"client-{service}", "dist-types", "commands");
        Assert.SkipUnless(Directory.Exists(commands), $"@aws-sdk/client-{service} is not there: npm install it in a folder and name that in STEDI_NODE_CLIENTS");
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        using AmazonServiceClient client = service == "glue"
            ? new AmazonGlueClient("key", "secret", new AmazonGlueConfig { ServiceURL = endpoint.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 })
            : new AmazonAthenaClient("key", "secret", new AmazonAthenaConfig { ServiceURL = endpoint.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
        var operations = client.GetType().GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && method.GetParameters().Length == 2).ToList();
        var modelled = operations.ToDictionary(operation => operation, operation => ErrorsOf(commands, operation.Name[..^"Async".Length]));
        var codes = modelled.Values.SelectMany(errors => errors).Append("ThrottlingException").Distinct().Order(StringComparer.Ordinal).ToList();

        operations.Count.ShouldBeGreaterThan(5);
        foreach (var (operation, errors) in modelled)
        {
            errors.ShouldNotBeEmpty(operation.Name);
            foreach (var code in codes)
            {
                endpoint.Answer($$"""{"__type":"{{code}}","Message":"m"}""", 400);
                var error = await ErrorOfAsync(client, operation);
                error.ErrorCode.ShouldBe(code, operation.Name);
                (error.GetType().Name == code).ShouldBe(errors.Contains(code), $"{operation.Name} and {code}: {error.GetType().Name}");
            }
        }
    }

    static HashSet<string> ErrorsOf(string commands, string operation) =>
        [.. Regex.Matches(File.ReadAllText(Path.Combine(commands, $"{operation}Command.d.ts")), @"@throws \{@link (\w+)\}").Select(match => match.Groups[1].Value).Where(name => !name.EndsWith("ServiceException", StringComparison.Ordinal) || name == "InternalServiceException")];

    static async Task<AmazonServiceException> ErrorOfAsync(AmazonServiceClient client, MethodInfo operation)
    {
        var request = Activator.CreateInstance(operation.GetParameters()[0].ParameterType)!;
        return await Should.ThrowAsync<AmazonServiceException>(() => (Task)operation.Invoke(client, [request, Cancel])!);
    }
}
