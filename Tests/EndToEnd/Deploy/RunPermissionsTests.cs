using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.Athena.Model;
using Amazon.Glue.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Deploy;

/// <summary>Compares the AWS calls of a whole run with the permissions of the template and the counts in the documentation.</summary>
public sealed class RunPermissionsTests
{
    private readonly IReadOnlyList<PolicyStatement> _worker = Template.Load().Role("Worker");

    [Fact]
    public async Task Run_MakesOnlyGrantedCallsAndAsManyQueriesAndCrawlsAsDocumented()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 5, Scale = 0.02 });
        var requests = RecordRequests(stack);

        await stack.RunAsync();

        requests.Count.ShouldBeGreaterThan(100);
        requests.Where(request => !IsGranted(request)).Select(request => request.GetType().Name).ShouldBeEmpty();
        var documented = Regex.Match(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "aws.md")), @"\| (\d+) queries, each .*\n.*\| (\d+) crawls");
        requests.OfType<StartQueryExecutionRequest>().Count().ShouldBe(int.Parse(documented.Groups[1].Value, CultureInfo.InvariantCulture));
        requests.OfType<StartCrawlerRequest>().Count().ShouldBe(int.Parse(documented.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    private static ConcurrentQueue<AmazonWebServiceRequest> RecordRequests(InProcessStack stack)
    {
        var requests = new ConcurrentQueue<AmazonWebServiceRequest>();
        foreach (var client in (object[])[stack.S3, stack.Glue, stack.Athena])
        {
            ((AmazonServiceClient)client).BeforeRequestEvent += (_, e) => requests.Enqueue(((WebServiceRequestEventArgs)e).Request);
        }

        return requests;
    }

    private bool IsGranted(AmazonWebServiceRequest request) => request switch
    {
        ListObjectsV2Request => _worker.Any(statement => statement.CoversBucket("s3:ListBucket")),
        GetObjectRequest get => Object("s3:GetObject", get.Key),
        PutObjectRequest put => Object("s3:PutObject", put.Key),
        DeleteObjectsRequest delete => delete.Objects.All(o => Object("s3:DeleteObject", o.Key)),
        GetDatabaseRequest get => Glue("glue:GetDatabase", $"database/{get.Name}"),
        CreateDatabaseRequest create => Glue("glue:CreateDatabase", $"database/{create.DatabaseInput.Name}"),
        GetTableRequest get => Table("glue:GetTable", get.DatabaseName, get.Name),
        GetTablesRequest get => Table("glue:GetTables", get.DatabaseName, "x"),
        CreateTableRequest create => Table("glue:CreateTable", create.DatabaseName, create.TableInput.Name),
        UpdateTableRequest update => Table("glue:UpdateTable", update.DatabaseName, update.TableInput.Name),
        DeleteTableRequest delete => Table("glue:DeleteTable", delete.DatabaseName, delete.Name),
        GetCrawlerRequest get => Glue("glue:GetCrawler", $"crawler/{get.Name}"),
        CreateCrawlerRequest create => Glue("glue:CreateCrawler", $"crawler/{create.Name}"),
        UpdateCrawlerRequest update => Glue("glue:UpdateCrawler", $"crawler/{update.Name}"),
        StartCrawlerRequest start => Glue("glue:StartCrawler", $"crawler/{start.Name}"),
        StartQueryExecutionRequest start => Written(start).All(key => Object("s3:PutObject", key)),
        GetQueryExecutionRequest or GetQueryResultsRequest or StopQueryExecutionRequest or ListQueryExecutionsRequest or BatchGetQueryExecutionRequest =>
            _worker.Any(statement => statement.Allows && statement.Actions.Contains("athena:" + request.GetType().Name[..^"Request".Length])),
        _ => false,
    };

    // Athena writes with its caller's permissions.
    private static IEnumerable<string> Written(StartQueryExecutionRequest request) => new[] { request.ResultConfiguration.OutputLocation + "x" }
        .Concat(Regex.Matches(request.QueryString, @"\bTO '([^']+)'").Select(match => match.Groups[1].Value + "x"))
        .Select(location => location.Split('/', 4)[3]);

    private bool Table(string action, string database, string table) =>
        Glue(action, "catalog") && Glue(action, $"database/{database}") && Glue(action, $"table/{database}/{table}");

    private bool Glue(string action, string name) => _worker.Any(statement => statement.Allows && statement.CoversGlue(action, name));

    private bool Object(string action, string key) => _worker.Any(statement => statement.Allows && statement.CoversObject(action, key));
}
