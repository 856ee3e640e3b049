using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Glue.Crawlers;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue;

internal sealed class CrawlerOperations(CrawlerStore store, CrawlRuns runs, CatalogAccess access, AccessPolicy policy, TimeProvider time)
{
    private static readonly string[] Settings =
    [
        "Role", "DatabaseName", "Description", "Targets", "Classifiers", "TablePrefix", "SchemaChangePolicy", "RecrawlPolicy",
        "LineageConfiguration", "LakeFormationConfiguration", "Configuration", "CrawlerSecurityConfiguration",
    ];

    public JsonObject Create(JsonCall call)
    {
        var name = call.Required("Name");
        _ = call.Required("Role");
        Check(call);
        var crawler = new JsonObject { ["Name"] = name, ["State"] = "READY", ["Version"] = 1, ["CrawlElapsedTime"] = 0, ["CreationTime"] = time.Now(), ["LastUpdated"] = time.Now() };
        crawler["SchemaChangePolicy"] = new JsonObject { ["UpdateBehavior"] = "UPDATE_IN_DATABASE", ["DeleteBehavior"] = "DEPRECATE_IN_DATABASE" };
        crawler["RecrawlPolicy"] = new JsonObject { ["RecrawlBehavior"] = "CRAWL_EVERYTHING" };
        Apply(call, crawler);
        store.Create(name, crawler);
        return [];
    }

    public JsonObject Update(JsonCall call)
    {
        var name = call.Required("Name");
        Check(call);
        var crawler = store.Get(name);
        if (runs.StateOf(name) != "READY")
        {
            throw Running(name);
        }

        Apply(call, crawler);
        crawler["Version"] = (int)crawler["Version"]! + 1;
        crawler["LastUpdated"] = time.Now();
        store.Save(name, crawler);
        return [];
    }

    /// <summary>Returns a crawler, at the latest after <see cref="AwsJsonEndpoint.LongestAnswer"/> while it runs.</summary>
    public async ValueTask<JsonObject> GetAsync(JsonCall call)
    {
        var name = call.Required("Name");
        store.Get(name);
        await runs.WaitAsync(name, AwsJsonEndpoint.LongestAnswer);
        return new() { ["Crawler"] = WithState(store.Get(name)) };
    }

    public JsonObject GetAll(JsonCall call)
    {
        var (items, next) = Pagination.Of(store.All(), call, call.Number("MaxResults", 100, 1, 1000));
        return new JsonObject { ["Crawlers"] = new JsonArray([.. items.Select(WithState)]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject List(JsonCall call)
    {
        var (items, next) = Pagination.Of(store.All(), call, call.Number("MaxResults", 100, 1, 1000));
        return new JsonObject { ["CrawlerNames"] = new JsonArray([.. items.Select(c => c["Name"]!.DeepClone())]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject Delete(JsonCall call)
    {
        var name = call.Required("Name");
        store.Get(name);
        if (runs.StateOf(name) != "READY")
        {
            throw Running(name);
        }

        store.Delete(name);
        return [];
    }

    public JsonObject Start(JsonCall call)
    {
        var name = call.Required("Name");
        var plan = CrawlPlan.Of(store.Get(name));
        if (plan.Database.Length == 0)
        {
            throw call.Invalid($"Crawler {name} has no DatabaseName.");
        }

        access.RequireWrite(call, plan.Database);
        foreach (var table in plan.Tables())
        {
            access.RequireWrite(call, plan.Database, table);
        }

        if (plan.Targets.Any(t => !policy.MayUsePrefix(call.Principal, t.Prefix.Bucket, t.Prefix.Key)))
        {
            throw new AwsException("AccessDeniedException", $"Insufficient permission(s): crawler {name} targets a restricted prefix.");
        }

        if (!runs.TryStart(name, plan))
        {
            throw Running(name);
        }

        return [];
    }

    public JsonObject Stop(JsonCall call)
    {
        var name = call.Required("Name");
        store.Get(name);
        switch (runs.StateOf(name))
        {
            case "STOPPING":
                throw new AwsException("CrawlerStoppingException", $"Crawler with name {name} is stopping");
            case "READY":
                throw new AwsException("CrawlerNotRunningException", $"Crawler with name {name} isn't running");
        }
        runs.Stop(name);
        return [];
    }

    private JsonObject WithState(JsonObject crawler)
    {
        crawler["State"] = runs.StateOf((string)crawler["Name"]!);
        return crawler;
    }

    private static void Apply(JsonCall call, JsonObject crawler)
    {
        foreach (var setting in Settings)
        {
            if (call.Body[setting] is { } value)
            {
                crawler[setting] = value.DeepClone();
            }
        }
        if (call.Text("Schedule") is { } schedule)
        {
            crawler["Schedule"] = new JsonObject { ["ScheduleExpression"] = schedule, ["State"] = "NOT_SCHEDULED" };
        }
    }

    private static void Check(JsonCall call)
    {
        _ = (call.Text("Role"), call.Text("DatabaseName"), call.Text("TablePrefix"), call.Text("Configuration"), call.Text("Schedule"));
        if (call.Object("SchemaChangePolicy") is { } policy)
        {
            _ = (call.Within(policy).Text("UpdateBehavior"), call.Within(policy).Text("DeleteBehavior"));
        }

        if (call.Object("Targets") is not { } targets)
        {
            return;
        }

        foreach (var kind in targets.Select(t => t.Key).Where(k => k != "S3Targets"))
        {
            if (call.Within(targets).Objects(kind).Count > 0)
            {
                throw call.Invalid($"{kind} are not supported here: only S3Targets.");
            }
        }
        foreach (var target in call.Within(targets).Objects("S3Targets").Select(call.Within))
        {
            _ = (target.Texts("Exclusions"), target.Number("SampleSize", 1, 1, 249));
            if (!S3Uri.TryParse(target.Required("Path"), out _))
            {
                throw call.Invalid($"Path '{target.Text("Path")}' is not of the form s3://bucket/prefix.");
            }
        }
    }

    private static AwsException Running(string name) => new("CrawlerRunningException", $"Crawler with name {name} has already started");
}
