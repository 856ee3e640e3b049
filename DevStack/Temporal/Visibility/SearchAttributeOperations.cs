using Grpc.Core;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;
using Temporalio.Api.OperatorService.V1;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>Registers search attributes; they can be used immediately.</summary>
public sealed class AddSearchAttributes(SearchAttributeCatalog attributes) : IOperation<AddSearchAttributesRequest, AddSearchAttributesResponse>
{
    public async Task<AddSearchAttributesResponse> ExecuteAsync(AddSearchAttributesRequest request, CallContext call)
    {
        if (request.SearchAttributes.Count == 0)
        {
            throw RpcErrors.InvalidArgument("SearchAttributes are not set on request.");
        }

        foreach (var (name, type) in request.SearchAttributes)
        {
            if (name.Length == 0 || type == IndexedValueType.Unspecified || !Enum.IsDefined(type))
            {
                throw RpcErrors.InvalidArgument($"Search attribute \"{name}\" must have a name and a type.");
            }

            if (attributes.IsKnown(name))
            {
                throw new RequestException(StatusCode.AlreadyExists, $"Search attribute {name} already exists.");
            }
        }

        await attributes.RegisterAsync(request.SearchAttributes);
        return new();
    }
}

/// <summary>Unregisters search attributes.</summary>
public sealed class RemoveSearchAttributes(SearchAttributeCatalog attributes) : IOperation<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>
{
    public async Task<RemoveSearchAttributesResponse> ExecuteAsync(RemoveSearchAttributesRequest request, CallContext call)
    {
        if (request.SearchAttributes.Count == 0)
        {
            throw RpcErrors.InvalidArgument("SearchAttributes are not set on request.");
        }

        foreach (var name in request.SearchAttributes)
        {
            _ = await attributes.RemoveAsync(name) ? true : throw RpcErrors.NotFound($"Search attribute {name} doesn't exist.");
        }

        return new();
    }
}

/// <summary>Lists the search attributes and their types.</summary>
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

/// <summary>Lists the search attributes, for older clients.</summary>
public sealed class GetSearchAttributes(SearchAttributeCatalog attributes) : IOperation<GetSearchAttributesRequest, GetSearchAttributesResponse>
{
    public Task<GetSearchAttributesResponse> ExecuteAsync(GetSearchAttributesRequest request, CallContext call)
    {
        var response = new GetSearchAttributesResponse();
        response.Keys.Add(SearchAttributeCatalog.SystemAndPredefined.Concat(attributes.Custom).ToDictionary());
        return Task.FromResult(response);
    }
}
