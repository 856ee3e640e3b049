using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Visibility;
using Temporalio.Api.OperatorService.V1;

namespace Stedi.DevStack.Temporal.Operations.Visibility;

/// <summary>Unregisters search attributes.</summary>
public sealed class RemoveSearchAttributes(SearchAttributeCatalog attributes) : IOperation<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>
{
    public async Task<RemoveSearchAttributesResponse> ExecuteAsync(RemoveSearchAttributesRequest request, CallContext call)
    {
        if (request.SearchAttributes.Count == 0)
        {
            throw Failures.InvalidArgument("SearchAttributes are not set on request.");
        }

        foreach (var name in request.SearchAttributes)
        {
            _ = await attributes.RemoveAsync(name) ? true : throw Failures.NotFound($"Search attribute {name} doesn't exist.");
        }

        return new();
    }
}
