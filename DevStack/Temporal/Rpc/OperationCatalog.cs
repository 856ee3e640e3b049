using System.Reflection;
using Google.Protobuf.Reflection;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>An operation and the RPC it handles.</summary>
public sealed record BoundOperation(MethodDescriptor Method, Type Implementation)
{
    public Type RequestType => Method.InputType.ClrType;

    public Type ResponseType => Method.OutputType.ClrType;
}

/// <summary>The RPCs this server implements, found by matching operations to the services' descriptors. All others answer UNIMPLEMENTED.</summary>
public sealed class OperationCatalog
{
    public static IReadOnlyList<ServiceDescriptor> Services { get; } =
    [
        Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0],
        Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services[0],
        Temporalio.Api.TestService.V1.ServiceReflection.Descriptor.Services[0],
    ];

    /// <summary>Every operation of this assembly.</summary>
    public IReadOnlyList<BoundOperation> Operations { get; } = [.. Discover()];

    private static IEnumerable<BoundOperation> Discover()
    {
        var methods = Services.SelectMany(s => s.Methods).ToLookup(m => (m.InputType.ClrType, m.OutputType.ClrType));
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IOperation<,>)))
            {
                var arguments = contract.GetGenericArguments();
                var method = methods[(arguments[0], arguments[1])]
                    .OrderByDescending(m => m.Name == type.Name).FirstOrDefault()
                    ?? throw new InvalidOperationException($"{type.Name} handles no RPC: no method has its message types.");
                yield return new(method, type);
            }
        }
    }
}
