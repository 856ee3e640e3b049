using System.Text.RegularExpressions;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Lineage;
using Stedi.Temporal.Activities.Privacy;
using Stedi.Temporal.Activities.Pseudonyms;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Deploy;

/// <summary>The resources of deploy/lakehouse.yaml match what the code needs.</summary>
public sealed class TemplateTests
{
    // Permissions that the worker needs in addition to its own calls.
    private static readonly string[] Needed =
    [
        // Athena reads tables and writes results with its caller's permissions.
        "s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads", "s3:ListMultipartUploadParts",
        "glue:BatchGetPartition", "glue:GetPartition", "glue:GetPartitions", "athena:GetWorkGroup",
        // Creating a crawler passes its role.
        "iam:PassRole",
        // Athena and Glue call it with the role's credentials.
        "lakeformation:GetDataAccess",
    ];

    private readonly Template _template = Template.Load();
    private readonly LakeOptions _defaults = new() { Bucket = "lake" };

    [Fact]
    public void WorkerRole_GrantsExactlyTheActionsThatStepsCall()
    {
        var called = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Activities"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "\"((?:s3|glue|athena):[A-Z][A-Za-z]+)\"").Select(match => match.Groups[1].Value))
            .ToHashSet();

        called.Count.ShouldBeGreaterThan(15);
        _template.Role("Worker").SelectMany(statement => statement.Actions).Distinct().ShouldBe(called.Concat(Needed), ignoreOrder: true);
    }

    [Fact]
    public void Roles_GrantOnAllResourcesOnlyWhatCannotNameThem()
    {
        var granted = _template.OfType("AWS::IAM::Role").SelectMany(_template.Role).ToList();

        granted.Count.ShouldBeGreaterThan(10);
        granted.SelectMany(statement => statement.Actions).ShouldAllBe(action => !action.Contains('*'));
        granted.Where(statement => statement.Resources.Contains("*")).SelectMany(statement => statement.Actions).Distinct().ShouldBe(["lakeformation:GetDataAccess", "glue:CreateCrawler"], ignoreOrder: true);
    }

    [Fact]
    public void WorkerRole_WritesRunPrefixesButNeitherLandingFilesNorTheKey()
    {
        var snapshots = SnapshotStore.Key;
        string[] written = ["staged/x", "trusted/x", "curated/x", "runs/x", "quarantine/x", snapshots, LineageActivities.PrefixOf("x") + "x", _defaults.ResultsPrefix + "x"];
        written.ShouldAllBe(key => May("Worker", "s3:GetObject", key) && May("Worker", "s3:PutObject", key));

        string[] landed = [.. Landing("customer/x"), PseudonymKey.PrivatePrefix + _defaults.PseudonymKeyTable + "/key.json", ClearedLines.ObjectKey("x")];
        landed.ShouldAllBe(key => May("Worker", "s3:GetObject", key) && !May("Worker", "s3:PutObject", key) && !May("Worker", "s3:DeleteObject", key));

        string[] swept = ["staged/x", "trusted/x", "curated/x", "runs/x", "quarantine/x", _defaults.ResultsPrefix + "x"];
        swept.ShouldAllBe(key => May("Worker", "s3:DeleteObject", key));
        May("Worker", "s3:DeleteObject", snapshots).ShouldBeFalse();
    }

    [Fact]
    public void CrawlerRole_ReadsLandingFilesOnly()
    {
        Landing("customer/x").ShouldAllBe(key => May("Crawler", "s3:GetObject", key));

        string[] others = ["staged/x", "trusted/x", "curated/x", "private/x", "quarantine/x", "results/x", SnapshotStore.Key];
        others.ShouldAllBe(key => !May("Crawler", "s3:GetObject", key));
        Glue("Crawler").ShouldBe(["catalog", "database/stedi", "table/stedi/*_landing*"], ignoreOrder: true);
    }

    [Fact]
    public void DataScientistRole_ReadsTheTrainingTableOnly()
    {
        May("DataScientist", "s3:GetObject", $"curated/{LakeTables.MachineLearningCurated}/run=x/y").ShouldBeTrue();

        string[] others = ["staged/x", "quarantine/x", "private/pseudonym_key/key.json", "trusted/customer_trusted/x", "curated/customers_curated/x", "results/x", .. Landing("x")];
        others.ShouldAllBe(key => !May("DataScientist", "s3:GetObject", key) && !May("DataScientist", "s3:PutObject", key));
        Glue("DataScientist").ShouldBe(
            ["catalog", "database/default", $"database/{_defaults.Database}", $"table/{_defaults.Database}/{LakeTables.MachineLearningCurated}"], ignoreOrder: true);
    }

    [Fact]
    public void DataScientistRole_DescribesTablesAsSqlClientsDo()
    {
        var described = _template.Role("DataScientist").SelectMany(statement => statement.Actions).ToHashSet();

        string[] calls = ["athena:GetTableMetadata", "athena:ListTableMetadata", "athena:ListDatabases", "athena:GetDatabase", "glue:GetTables", "glue:GetDatabases", "lakeformation:GetDataAccess"];
        calls.ShouldAllBe(call => described.Contains(call));
        described.ShouldNotContain("glue:CreateTable");
    }

    [Theory]
    [InlineData("Worker")]
    [InlineData("Crawler")]
    [InlineData("DataScientist")]
    [InlineData("Privacy")]
    public void Role_WorksUnderLakeFormation(string role) => _template.Role(role).SelectMany(statement => statement.Actions).ShouldContain("lakeformation:GetDataAccess");

    [Fact]
    public void PrivacyRole_ReadsWhatItsCommandsReadAndWritesOnlyClearedLinesAndRequests()
    {
        string[] read = ["customer/landing/x", "a/customer/landing/x", "quarantine/x", "trusted/x", "curated/x", SnapshotStore.Key, $"{PseudonymKey.PrivatePrefix}{_defaults.PseudonymKeyTable}/key.json"];
        read.ShouldAllBe(key => May("Privacy", "s3:GetObject", key) && !May("Privacy", "s3:PutObject", key) && !May("Privacy", "s3:DeleteObject", key));

        string[] own = [PrivateRequest.RequestsPrefix + "x", _defaults.PrivacyResultsPrefix + "x"];
        own.ShouldAllBe(key => May("Privacy", "s3:GetObject", key) && May("Privacy", "s3:PutObject", key) && May("Privacy", "s3:DeleteObject", key));

        var cleared = ClearedLines.ObjectKey("x");
        May("Privacy", "s3:PutObject", cleared).ShouldBeTrue();
        May("Privacy", "s3:DeleteObject", cleared).ShouldBeFalse();

        string[] others = ["staged/x", "runs/x", "lineage/x", "results/x", "accelerometer/landing/x"];
        others.ShouldAllBe(key => !May("Privacy", "s3:GetObject", key) && !May("Privacy", "s3:PutObject", key));
        _template.Role("Privacy").Where(statement => statement.Actions.Contains("glue:CreateTable"))
            .SelectMany(statement => statement.Resources).Select(resource => resource[(resource.LastIndexOf(':') + 1)..])
            .ShouldBe(["catalog", $"database/{_defaults.PrivateDatabase}", $"table/{_defaults.PrivateDatabase}/{PrivateRequest.TablePrefix}*"], ignoreOrder: true);
    }

    [Fact]
    public void PrivatePrefix_IsClosedToAllButTheWorkerAndThePrivacyRole()
    {
        var policy = Template.Map(_template.Properties("LakePolicy"), "PolicyDocument");
        var statements = Template.List(policy, "Statement").ToList();

        Except("s3:GetObject", PseudonymKey.PrivatePrefix + "x").ShouldBe(["Worker.Arn", "Privacy.Arn"], ignoreOrder: true);
        Except("s3:PutObject", ClearedLines.ObjectKey("x")).ShouldBe(["Privacy.Arn"]);

        IEnumerable<string> Except(string action, string key) => statements
            .Zip(Template.Statements(policy)).Single(statement => statement.Second.CoversObject(action, key)).First
            .AllNodes.Select(node => node.ToString()).Where(text => text is "Worker.Arn" or "Privacy.Arn");
    }

    [Fact]
    public void Names_EqualTheDefaultsInCode()
    {
        _template.OfType("AWS::Glue::Database").Select(database => Template.Text(Template.Map(_template.Properties(database), "DatabaseInput"), "Name"))
            .ShouldBe([_defaults.Database, _defaults.WorkDatabase, _defaults.PrivateDatabase], ignoreOrder: true);
        Template.Text(_template.Properties("Crawler"), "RoleName").ShouldBe(_defaults.CrawlerRole);

        var key = Template.Map(_template.Properties("PseudonymKey"), "TableInput");
        Template.Text(key, "Name").ShouldBe(_defaults.PseudonymKeyTable);
        Template.Text(Template.Map(key, "StorageDescriptor"), "Location").ShouldBe($"s3://${{Lake}}/{PseudonymKey.PrivatePrefix}{_defaults.PseudonymKeyTable}/");
        Template.List(Template.Map(key, "StorageDescriptor"), "Columns").Select(column => Template.Text(column, "Name")).ShouldBe(["key"]);

        var cleared = Template.Map(_template.Properties("ClearedLines"), "TableInput");
        Template.Text(cleared, "Name").ShouldBe(_defaults.ClearedLinesTable);
        Template.Text(Template.Map(cleared, "StorageDescriptor"), "Location").ShouldBe($"s3://${{Lake}}/{ClearedLines.Prefix}");
        Template.List(Template.Map(cleared, "StorageDescriptor"), "Columns").Select(column => (Template.Text(column, "Name"), Template.Text(column, "Type")))
            .ShouldBe(ClearedLines.Columns.Select(column => ((string?)column.Name, (string?)column.Type)));
    }

    [Theory]
    [InlineData("WorkGroup", "")]
    [InlineData("ResearchWorkGroup", "research/")]
    [InlineData("PrivacyWorkGroup", "privacy/")]
    public void WorkGroup_EnforcesScanLimitAndResultLocation(string workGroup, string below)
    {
        var configuration = Template.Map(_template.Properties(workGroup), "WorkGroupConfiguration");

        Template.Text(configuration, "EnforceWorkGroupConfiguration").ShouldBe("true");
        Template.Text(configuration, "BytesScannedCutoffPerQuery").ShouldBe("${BytesScannedCutoffPerQuery}");
        Template.Text(Template.Map(configuration, "ResultConfiguration"), "OutputLocation").ShouldBe($"s3://${{Lake}}/{_defaults.ResultsPrefix}{below}");
    }

    [Fact]
    public void Bucket_ExpiresTemporaryObjectsAndOldVersions()
    {
        var rules = Template.List(Template.Map(_template.Properties("Lake"), "LifecycleConfiguration"), "Rules").ToList();

        rules.ShouldAllBe(rule => Template.Text(rule, "Status") == "Enabled");
        rules.Where(rule => Template.Text(rule, "ExpirationInDays") is not null).Select(rule => Template.Text(rule, "Prefix"))
            .ShouldBe([_defaults.ResultsPrefix, "quarantine/", "staged/", PrivateRequest.RequestsPrefix], ignoreOrder: true);
        rules.ShouldContain(rule => rule.AllNodes.Any(node => node.ToString() == "NoncurrentDays") && Template.Text(rule, "Prefix") == null);
        rules.ShouldContain(rule => rule.AllNodes.Any(node => node.ToString() == "DaysAfterInitiation") && Template.Text(rule, "Prefix") == null);
    }

    [Fact]
    public void Bucket_IsEncryptedVersionedPrivateAndTlsOnly()
    {
        var lake = _template.Properties("Lake");

        lake.AllNodes.ShouldContain(node => node.ToString() == "SSEAlgorithm");
        Template.Text(Template.Map(lake, "VersioningConfiguration"), "Status").ShouldBe("Enabled");
        Template.Map(lake, "PublicAccessBlockConfiguration").Children.Select(block => block.Value.ToString()).ShouldBe(["true", "true", "true", "true"]);

        var policy = Template.Map(_template.Properties("LakePolicy"), "PolicyDocument");
        Template.Statements(policy).ShouldAllBe(statement => !statement.Allows);
        Template.List(policy, "Statement").ShouldContain(statement => statement.AllNodes.Any(node => node.ToString() == "aws:SecureTransport"));
        Template.Statements(policy).ShouldContain(statement => statement.CoversObject("s3:GetObject", PseudonymKey.PrivatePrefix + "x"));
    }

    private bool May(string role, string action, string key) => _template.Role(role).Any(statement => statement.Allows && statement.CoversObject(action, key));

    private IEnumerable<string> Glue(string role) => _template.Role(role)
        .SelectMany(statement => statement.Resources)
        .Where(resource => resource.Contains(":glue:", StringComparison.Ordinal))
        .Select(resource => resource[(resource.LastIndexOf(':') + 1)..])
        .Distinct();

    private static IEnumerable<string> Landing(string prefix) =>
        LandingSources.All.SelectMany(source => (string[])[$"{source}/landing/x.json", $"{prefix}/{source}/landing/x.json"]);
}
