using Stedi.DevStack.Aws.Http;

namespace Stedi.DevStack.Aws.Glue;

/// <summary>Restricted databases and protected tables may be seen by everybody and changed by privileged callers.</summary>
internal sealed class CatalogAccess(AccessPolicy policy)
{
    public void RequireWrite(JsonCall call, string database)
    {
        if (!policy.MayUseDatabase(call.Principal, database))
            throw new AwsException("AccessDeniedException", $"Insufficient permission(s): database {database} is restricted.");
    }

    public void RequireWrite(JsonCall call, string database, string table)
    {
        RequireWrite(call, database);
        if (!policy.MayChangeTable(call.Principal, database, table))
            throw Protected($"{database}.{table}");
    }

    public void RequireDrop(JsonCall call, string database)
    {
        RequireWrite(call, database);
        if (!policy.MayDropDatabase(call.Principal, database))
            throw Protected($"a table of database {database}");
    }

    static AwsException Protected(string what) =>
        new("AccessDeniedException", $"Insufficient permission(s): {what} is protected. Published tables are changed by publishing only.");
}
