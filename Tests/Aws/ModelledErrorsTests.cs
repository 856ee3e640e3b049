using System.Reflection;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;
using Stedi.Testing;

namespace Stedi.Aws.Tests;

/// <summary>An error has its own exception type exactly for the operations that declare it in the service's model.</summary>
public sealed class ModelledErrorsTests
{
    [Theory]
    [InlineData("Glue")]
    [InlineData("Athena")]
    public async Task Operation_AnsweredWithAnyError_ThrowsItsTypeOnlyIfDeclared(string service)
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        using AmazonServiceClient client = service == "Glue"
            ? new AmazonGlueClient("key", "secret", new AmazonGlueConfig { ServiceURL = endpoint.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 })
            : new AmazonAthenaClient("key", "secret", new AmazonAthenaConfig { ServiceURL = endpoint.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
        var operations = ServiceModel.Read(service).Operations;
        var codes = operations.Values.SelectMany(errors => errors).Append("ThrottlingException").Distinct().ToList();

        foreach (var (operation, declared) in operations)
        {
            foreach (var code in codes)
            {
                endpoint.Answer($$"""{"__type":"{{code}}","Message":"m"}""", 400);

                var error = await ErrorOfAsync(client, client.GetType().GetMethod($"{operation}Async")!);

                error.ErrorCode.ShouldBe(code, operation);
                error.GetType().Name.ShouldBe(declared.Contains(code) ? code : $"Amazon{service}Exception", operation);
            }
        }
    }

    private static async Task<AmazonServiceException> ErrorOfAsync(AmazonServiceClient client, MethodInfo operation)
    {
        var request = Activator.CreateInstance(operation.GetParameters()[0].ParameterType)!;
        return await Should.ThrowAsync<AmazonServiceException>(() => (Task)operation.Invoke(client, [request, TestContext.Current.CancellationToken])!);
    }
}
