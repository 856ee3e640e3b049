using Stedi.DevStack.Aws.Http;

namespace Stedi.DevStack.Aws.Glue;

/// <summary>Restricted databases may be seen by everybody and changed by privileged callers.</summary>
internal sealed class CatalogAccess(AccessPolicy policy)
{
    public void RequireWrite(JsonCall call, string database)
    {
        if (!policy.MayUseDatabase(call.Principal, database))
            throw new AwsException("AccessDeniedException", $"Insufficient permission(s): database {database} is restricted.");
    }
}
