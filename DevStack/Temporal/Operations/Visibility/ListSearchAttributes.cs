using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Visibility;
using Temporalio.Api.OperatorService.V1;

namespace Stedi.DevStack.Temporal.Operations.Visibility;

/// <summary>Names the search attributes and their types.</summary>
public sealed class ListSearchAttributes(SearchAttributeCatalog attributes) : IOperation<ListSearchAttributesRequest, ListSearchAttributesResponse>
{
    public Task<ListSearchAttributesResponse> ExecuteAsync(ListSearchAttributesRequest request, CallContext call)
    {
        var response = new ListSearchAttributesResponse();
        response.SystemAttributes.Add(SearchAttributeCatalog.SystemAndPredefined.ToDictionary());
        response.CustomAttributes.Add(attributes.Custom.ToDictionary());
        return Task.FromResult(response);
    }
}
