using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Operations.Visibility;

/// <summary>Names the search attributes, for older clients.</summary>
public sealed class GetSearchAttributes(SearchAttributeCatalog attributes) : IOperation<GetSearchAttributesRequest, GetSearchAttributesResponse>
{
    public Task<GetSearchAttributesResponse> ExecuteAsync(GetSearchAttributesRequest request, CallContext call)
    {
        var response = new GetSearchAttributesResponse();
        response.Keys.Add(SearchAttributeCatalog.SystemAndPredefined.Concat(attributes.Custom).ToDictionary());
        return Task.FromResult(response);
    }
}
