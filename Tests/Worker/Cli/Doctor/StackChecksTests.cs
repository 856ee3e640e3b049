using Amazon.Glue.Model;
using Stedi.DevStack.Aws;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Worker.Cli.Doctor;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Worker.Local;
using Stedi.Testing;
using Stedi.Testing.Faults;

namespace Stedi.Temporal.Worker.Tests.Cli.Doctor;

/// <summary>The checks of <c>stedi doctor</c> against local AWS behind a proxy that injects faults.</summary>
[Trait("Speed", "Slow")]
public sealed class StackChecksTests : IAsyncLifetime
{
    private const string KeyObject = "private/pseudonym_key/key.json";

    private readonly string _workerKey = AccessKeys.NewSecretKey();
    private readonly TempFolder _folder = new();
    private readonly LakeOptions _lake = new() { Bucket = "stedi-lake", Polling = PollingInterval.Local };
    private LocalAws _local = null!;
    private FaultProxy _proxy = null!;
    private AwsClients _aws = null!;

    public async ValueTask InitializeAsync()
    {
        _local = await LocalAws.StartAsync(
            new()
            {
                LakeDirectory = Path.Combine(_folder.Path, "lake"),
                StateDirectory = Path.Combine(_folder.Path, "state"),
                RestrictedDatabases = [_lake.PrivateDatabase],
                PrivilegedAccessKeys = [_workerKey],
                PrivilegedUser = AccessKeys.WorkerUser,
            },
            Token);
        _proxy = await FaultProxy.StartAsync(_local.Endpoint);
        _aws = AwsClients.OfEndpoint(_proxy.Endpoint, _workerKey);
        await new LakeProvisioning(_aws, _lake).EnsureAsync(Token);
        await _aws.Glue.CreateCrawlerAsync(new() { Name = "stedi-customer", Role = "r", DatabaseName = _lake.Database, Targets = new() { S3Targets = [new() { Path = "s3://stedi-lake/customer/landing/" }] } }, Token);
    }

    [Fact]
    public async Task Run_WhenOnlyTemporalIsMissing_FailsThatCheckAloneAndLeavesNothingBehind()
    {
        var before = Objects();

        var outcomes = await DiagnoseAsync();

        var failed = outcomes.Where(outcome => !outcome.Holds).ToList();
        failed[0].ShouldBe(new("Temporal server", CheckStatus.Unreachable, "No Temporal server answers at nowhere:7233.", "Start it."));
        failed[1].Finding.ShouldBe("not tried, because Temporal is unreachable");
        failed.Count.ShouldBe(2);
        outcomes.Single(outcome => outcome.Name == "Identity").Finding.ShouldBe("arn:aws:iam::000000000000:user/stedi-worker");
        outcomes.Count.ShouldBeGreaterThan(25);
        Objects().ShouldBe(before, ignoreOrder: true);
        foreach (var database in (string[])[_lake.Database, _lake.WorkDatabase])
        {
            ((await _aws.Glue.GetTablesAsync(new() { DatabaseName = database }, Token)).TableList ?? []).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("sts:GetCallerIdentity", "Identity", "Log in, or set AWS_PROFILE to a profile that works.")]
    [InlineData("s3:ListObjectsV2", "s3:ListBucket", "Grant s3:ListBucket on arn:aws:s3:::stedi-lake, where deploy/lakehouse.yaml grants it.")]
    [InlineData("s3:GetBucketLocation", "s3:GetBucketLocation", "Grant s3:GetBucketLocation on arn:aws:s3:::stedi-lake, where deploy/lakehouse.yaml grants it.")]
    [InlineData("s3:GetObject", "s3:GetObject", "Grant s3:GetObject on arn:aws:s3:::stedi-lake/*, where deploy/lakehouse.yaml grants it.")]
    [InlineData("s3:PutObject", "s3:PutObject", "Grant s3:PutObject on arn:aws:s3:::stedi-lake/*, where deploy/lakehouse.yaml grants it.")]
    [InlineData("s3:DeleteObject", "s3:DeleteObject", "Grant s3:DeleteObject on arn:aws:s3:::stedi-lake/*, where deploy/lakehouse.yaml grants it.")]
    [InlineData("glue:GetDatabase", "Glue database stedi_private", "Make it with deploy/lakehouse.yaml, or grant glue:GetDatabase on database/stedi_private.")]
    [InlineData("glue:CreateDatabase", "glue:CreateDatabase", "Grant glue:CreateDatabase on database/stedi, table/stedi/*, database/stedi_work, table/stedi_work/*, and on catalog.")]
    [InlineData("glue:GetTable", "glue:GetTable", "Grant glue:GetTable on database/stedi, table/stedi/*, database/stedi_work, table/stedi_work/*, and on catalog.")]
    [InlineData("glue:GetTables", "glue:GetTables", "Grant glue:GetTables on database/stedi, table/stedi/*, database/stedi_work, table/stedi_work/*, and on catalog.")]
    [InlineData("glue:CreateTable", "glue:CreateTable", "Grant glue:CreateTable on database/stedi, table/stedi/*, database/stedi_work, table/stedi_work/*, and on catalog.")]
    [InlineData("glue:UpdateTable", "glue:UpdateTable", "Grant glue:UpdateTable on database/stedi, table/stedi/*, database/stedi_work, table/stedi_work/*, and on catalog.")]
    [InlineData("glue:DeleteTable", "glue:DeleteTable", "Grant glue:DeleteTable on database/stedi, table/stedi/*, database/stedi_work, table/stedi_work/*, and on catalog.")]
    [InlineData("glue:GetCrawler", "glue:GetCrawler", "Grant glue:GetCrawler on crawler/stedi-*, as the worker's role in deploy/lakehouse.yaml has it.")]
    [InlineData("glue:UpdateCrawler", "glue:UpdateCrawler", "Grant glue:UpdateCrawler on crawler/stedi-*, as the worker's role in deploy/lakehouse.yaml has it.")]
    [InlineData("glue:StartCrawler", "glue:StartCrawler", "Grant glue:StartCrawler on crawler/stedi-*, as the worker's role in deploy/lakehouse.yaml has it.")]
    [InlineData("glue:CreateCrawler", "glue:CreateCrawler", "Grant glue:CreateCrawler on *, and iam:PassRole on the role stedi-crawler.")]
    [InlineData("athena:GetWorkGroup", "Work group primary", "Set lake.workGroup to one that exists (deploy/lakehouse.yaml makes stedi), or grant athena:GetWorkGroup on workgroup/primary.")]
    [InlineData("athena:StartQueryExecution", "athena:StartQueryExecution", "Grant athena:StartQueryExecution on workgroup/primary.")]
    [InlineData("athena:GetQueryExecution", "athena:GetQueryExecution", "Grant athena:GetQueryExecution on workgroup/primary.")]
    [InlineData("athena:GetQueryResults", "athena:GetQueryResults", "Grant athena:GetQueryResults on workgroup/primary.")]
    [InlineData("athena:StopQueryExecution", "athena:StopQueryExecution", "Grant athena:StopQueryExecution on workgroup/primary.")]
    public async Task Run_WhenAPermissionIsMissing_NamesItAndWhatToGrant(string operation, string name, string advice)
    {
        _proxy.On(operation, Fault.AccessDenied, int.MaxValue);

        var outcome = (await DiagnoseAsync()).Single(outcome => outcome.Name == name);

        outcome.Status.ShouldBe(CheckStatus.Refused);
        outcome.Finding.ShouldContain("The test asked for this.");
        outcome.Advice.ShouldBe(advice);
    }

    [Theory]
    [InlineData(nameof(Fault.Throttling), CheckStatus.Throttled, "The account makes too many requests.")]
    [InlineData(nameof(Fault.ServerError), CheckStatus.ServiceError, "The service fails.")]
    [InlineData(nameof(Fault.OddAnswer), CheckStatus.ServiceError, "The answer is not one of AWS")]
    public async Task Run_WhenAServiceFails_BlamesNoPermission(string fault, CheckStatus status, string advice)
    {
        _proxy.On("glue:GetTables", Fault.Named(fault), int.MaxValue);

        var outcomes = await DiagnoseAsync();

        var outcome = outcomes.Single(outcome => outcome.Name == "glue:GetTables");
        outcome.Status.ShouldBe(status);
        outcome.Advice!.ShouldStartWith(advice);
        Failed(outcomes).ShouldBe(["glue:GetTables"]);
    }

    [Theory]
    [InlineData(nameof(Fault.Throttling))]
    [InlineData(nameof(Fault.ServerError))]
    [InlineData(nameof(Fault.Reset))]
    public async Task Run_WhenAFaultPasses_Passes(string fault)
    {
        foreach (var operation in (string[])["s3:PutObject", "s3:DeleteObject", "glue:CreateTable", "glue:GetDatabase", "athena:StartQueryExecution", "sts:GetCallerIdentity"])
        {
            _proxy.On(operation, Fault.Named(fault));
        }

        Failed(await DiagnoseAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WhereDatabasesAreMissingAndNothingCanBeRemoved_ChangesNothing()
    {
        var lake = _lake with { WorkDatabase = "nowhere" };
        _proxy.On("glue:DeleteTable", Fault.AccessDenied, int.MaxValue);
        _proxy.On("s3:DeleteObject", Fault.AccessDenied, int.MaxValue);
        var before = await AccountAsync();

        var outcomes = await DiagnoseAsync(lake);

        (await AccountAsync()).ShouldBe(before);
        outcomes.Single(outcome => outcome.Name == "Glue database nowhere").Status.ShouldBe(CheckStatus.Missing);
        outcomes.Single(outcome => outcome.Name == "glue:CreateDatabase").Finding.ShouldBe("not tried, because it would make the database nowhere");
        outcomes.Single(outcome => outcome.Name == "glue:CreateTable").Finding.ShouldBe("not tried, because a table in stedi could not be removed");
        outcomes.Single(outcome => outcome.Name == "Write, read and remove").Finding.ShouldBe("not tried, because the object could not be removed");
    }

    [Fact]
    public async Task Run_WhenQueriesCannotBeStarted_FailsDependentChecksOnly()
    {
        _proxy.On("athena:StartQueryExecution", Fault.AccessDenied, int.MaxValue);

        var outcomes = await DiagnoseAsync();

        Failed(outcomes).ShouldBe(["athena:StartQueryExecution", "athena:GetQueryExecution", "athena:GetQueryResults", "athena:StopQueryExecution", "Pseudonym key"]);
        outcomes.Single(outcome => outcome.Name == "athena:StopQueryExecution").ShouldBe(new("athena:StopQueryExecution", CheckStatus.NotTried, "not tried, because no query was taken"));
    }

    [Fact]
    public async Task Run_WhenAPermissionIsMissingForOnePrefix_NamesThePrefix()
    {
        _proxy.On("s3:PutObject", Fault.AccessDenied, times: 1, after: 2);

        (await DiagnoseAsync()).Single(outcome => outcome.Name == "s3:PutObject").Finding.ShouldBe("refused on curated/: The test asked for this. (AccessDenied)");
    }

    [Fact]
    public async Task Run_WhenCredentialsHaveExpired_AdvisesToLogIn()
    {
        _proxy.On("*", Fault.ExpiredCredentials, int.MaxValue);

        (await DiagnoseAsync()).Skip(1).ShouldAllBe(outcome => outcome.Status == CheckStatus.NotTried || (outcome.Status == CheckStatus.Refused && outcome.Advice!.StartsWith("Log in")));
    }

    [Fact]
    public async Task Run_WhenTheEndpointIsUnreachable_AdvisesToCheckTheNetwork()
    {
        await _proxy.DisposeAsync();

        var outcomes = await DiagnoseAsync();

        outcomes.Where(outcome => outcome.Status == CheckStatus.Unreachable).Select(outcome => outcome.Name)
            .ShouldBe(["Temporal server", "Identity", "s3:ListBucket", "Glue database stedi", "Work group primary"]);
        outcomes.Where(outcome => outcome.Status != CheckStatus.Unreachable).ShouldAllBe(outcome => outcome.Status == CheckStatus.NotTried);
        outcomes.Single(outcome => outcome.Name == "s3:ListBucket").Advice.ShouldBe("It cannot be reached: check the network, the region and AWS_ENDPOINT_URL.");
        outcomes.Single(outcome => outcome.Name == "s3:GetObject").Finding.ShouldBe("not tried, because S3 is unreachable");
    }

    [Fact]
    public async Task Run_WhenTheBucketDoesNotExist_AdvisesToCreateIt()
    {
        var outcome = (await DiagnoseAsync(_lake with { Bucket = "no-such-lake" })).Single(outcome => outcome.Name == "s3:ListBucket");

        outcome.Advice.ShouldBe("Create the bucket with deploy/lakehouse.yaml, or name another one in STEDI_BUCKET or aws.bucket.");
    }

    [Fact]
    public async Task Run_WhenWorkGroupAndDatabaseDoNotExist_NamesThem()
    {
        var outcomes = await DiagnoseAsync(_lake with { WorkGroup = "none", WorkDatabase = "nowhere" });

        outcomes.Single(outcome => outcome.Name == "Work group none").Finding.ShouldContain("none");
        outcomes.Single(outcome => outcome.Name == "Glue database nowhere").Advice.ShouldBe("Make it with deploy/lakehouse.yaml, or grant glue:GetDatabase on database/nowhere.");
    }

    [Theory]
    [InlineData("""{"key":"abc"}""", "The key in table stedi_private.pseudonym_key has 3 bytes; it needs at least 16.")]
    [InlineData("""{"key":""}""", "The key in table stedi_private.pseudonym_key is empty.")]
    [InlineData("", "Table stedi_private.pseudonym_key holds no key.")]
    [InlineData("{\"key\":\"a\"}\n{\"key\":\"b\"}\n", "Table stedi_private.pseudonym_key holds 2 keys instead of one.")]
    public async Task Run_WhenThePseudonymKeyIsUnusable_SaysWhyWithoutShowingIt(string content, string finding)
    {
        await _aws.S3.PutObjectAsync(new() { BucketName = _lake.Bucket, Key = KeyObject, ContentBody = content }, Token);

        var outcome = (await DiagnoseAsync()).Single(outcome => outcome.Name == "Pseudonym key");

        outcome.Finding.ShouldBe(finding);
        outcome.Advice!.ShouldStartWith("Restore s3://stedi-lake/private/pseudonym_key/key.json");
    }

    [Fact]
    public async Task Run_WhenThereIsNoKeyTable_SaysSoAndWhatToDo()
    {
        await _aws.Glue.DeleteTableAsync(new() { DatabaseName = _lake.PrivateDatabase, Name = _lake.PseudonymKeyTable }, Token);

        var outcome = (await DiagnoseAsync()).Single(outcome => outcome.Name == "Pseudonym key");

        outcome.Finding.ShouldBe("There is no table stedi_private.pseudonym_key, which holds the pseudonym key.");
        outcome.Advice!.ShouldContain("docs/aws.md");
    }

    public async ValueTask DisposeAsync()
    {
        _aws.Dispose();
        await _proxy.DisposeAsync();
        await _local.DisposeAsync();
        _folder.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<List<CheckOutcome>> DiagnoseAsync(LakeOptions? other = null) => new StackChecks(
        () => throw new CommandException("No Temporal server answers at nowhere:7233.", "Start it."), _aws, other ?? _lake, "stedi-stedi-lake", TimeProvider.System).RunAsync(Token).ToListAsync(Token).AsTask();

    private static IEnumerable<string> Failed(IEnumerable<CheckOutcome> outcomes) => outcomes.Where(outcome => !outcome.Holds).Skip(2).Select(outcome => outcome.Name);

    // Everything that a check could leave behind or change, as text.
    private async Task<string> AccountAsync()
    {
        var found = new List<string>();
        foreach (var database in (string[])[_lake.Database, _lake.WorkDatabase, _lake.PrivateDatabase, "nowhere"])
        {
            try
            {
                var tables = (await _aws.Glue.GetTablesAsync(new() { DatabaseName = database }, Token)).TableList ?? [];
                found.AddRange(tables.Select(table => $"{database}.{table.Name} {table.VersionId}").Prepend(database));
            }
            catch (EntityNotFoundException)
            {
                found.Add($"no {database}");
            }
        }

        foreach (var source in (string[])["customer", "accelerometer", "step_trainer"])
        {
            try
            {
                var crawler = (await _aws.Glue.GetCrawlerAsync(new() { Name = $"stedi-{source}" }, Token)).Crawler;
                found.Add($"{crawler.Name} {crawler.State} {crawler.Role}");
            }
            catch (EntityNotFoundException)
            {
                found.Add($"no crawler of {source}");
            }
        }

        return string.Join('\n', [.. found, .. Objects().Order(StringComparer.Ordinal)]);
    }

    // Athena's own result files expire.
    private IEnumerable<string> Objects() => Directory.EnumerateFiles(Path.Combine(_folder.Path, "lake"), "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/results/", StringComparison.Ordinal) || file.Contains("doctor", StringComparison.Ordinal));
}
