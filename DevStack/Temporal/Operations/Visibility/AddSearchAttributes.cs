using Grpc.Core;
using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Visibility;
using Temporalio.Api.OperatorService.V1;

namespace Stedi.DevStack.Temporal.Operations.Visibility;

/// <summary>Registers search attributes; they are usable at once.</summary>
public sealed class AddSearchAttributes(SearchAttributeCatalog attributes) : IOperation<AddSearchAttributesRequest, AddSearchAttributesResponse>
{
    public async Task<AddSearchAttributesResponse> ExecuteAsync(AddSearchAttributesRequest request, CallContext call)
    {
        if (request.SearchAttributes.Count == 0)
        {
            throw Failures.InvalidArgument("SearchAttributes are not set on request.");
        }

        foreach (var (name, type) in request.SearchAttributes)
        {
            if (name.Length == 0 || type == IndexedValueType.Unspecified || !Enum.IsDefined(type))
            {
                throw Failures.InvalidArgument($"Search attribute \"{name}\" needs a name and a type.");
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
