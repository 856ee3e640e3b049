using System.Reflection;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;

namespace Stedi.Temporal.Tests.Aws;

/// <summary>
/// Holds the public surface to the official one: every operation, shape, member, type and constant, read from the shape
/// files where they are to be found. Nothing more, nothing less.
/// </summary>
public sealed class ShapesTests
{
    static readonly string[] notInTheFiles = ["FederationSourceErrorCode", "ThrottleReason"];

    public static TheoryData<string> Services => ["Glue", "Athena"];

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_shape_has_the_official_members(string service)
    {
        var file = ShapesFile.Read(service);

        var ours = Public(service, $"Amazon.{service}.Model").Where(type => !type.IsAssignableTo(typeof(Exception)) && type.Name != $"Amazon{service}Request")
            .ToDictionary(type => type.Name, type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(Signature).Order().ToList());

        var operations = Operations(service);
        foreach (var operation in operations)
        {
            file.Shapes.TryAdd($"{operation}Response", []);
        }

        ours.Keys.ShouldBe(file.Shapes.Keys, ignoreOrder: true);
        foreach (var (name, members) in file.Shapes)
        {
            ours[name].ShouldBe(members, ignoreOrder: true, name);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_constant_has_the_official_name_and_value(string service)
    {
        var file = ShapesFile.Read(service);

        var ours = Public(service, $"Amazon.{service}").Where(type => type.IsAssignableTo(typeof(ConstantClass))).ToList();

        ours.Select(type => type.Name).Except(notInTheFiles).ShouldBe(file.Constants.Keys, ignoreOrder: true);
        foreach (var type in ours.ExceptBy(notInTheFiles, type => type.Name))
        {
            type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (field.Name, ((ConstantClass)field.GetValue(null)!).Value))
                .ShouldBe(file.Constants[type.Name], ignoreOrder: true, type.Name);
            type.GetMethod("FindValue", [typeof(string)])!.ReturnType.ShouldBe(type);
            type.GetMethod("op_Implicit", [typeof(string)])!.ReturnType.ShouldBe(type);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_request_has_an_operation_in_the_interface_and_the_client(string service)
    {
        var requests = ShapesFile.Read(service).Shapes.Keys.Where(name => name.EndsWith("Request", StringComparison.Ordinal)).Select(name => name[..^"Request".Length]);

        Operations(service).ShouldBe(requests, ignoreOrder: true);
        foreach (var operation in Operations(service))
        {
            var method = Client(service).GetMethod($"{operation}Async")!;
            method.IsVirtual.ShouldBeTrue();
            method.IsFinal.ShouldBeFalse();
            method.ReturnType.GenericTypeArguments.Single().Name.ShouldBe($"{operation}Response");
            method.GetParameters().Select(parameter => (parameter.ParameterType.Name, parameter.HasDefaultValue))
                .ShouldBe([($"{operation}Request", false), (nameof(CancellationToken), true)]);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Clients_and_exceptions_have_the_official_constructors(string service)
    {
        var config = $"Amazon{service}Config";
        Constructors(Client(service)).ShouldBe(
            [
                "", "RegionEndpoint", config,
                "AWSCredentials", "AWSCredentials, RegionEndpoint", $"AWSCredentials, {config}",
                "String, String", "String, String, RegionEndpoint", $"String, String, {config}",
                "String, String, String", "String, String, String, RegionEndpoint", $"String, String, String, {config}",
            ],
            ignoreOrder: true);
        foreach (var exception in Client(service).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(AmazonServiceException))))
        {
            Constructors(exception).ShouldBe(
                ["String", "String, Exception", "Exception", "String, Exception, ErrorType, String, String, HttpStatusCode", "String, ErrorType, String, String, HttpStatusCode"],
                ignoreOrder: true,
                exception.Name);
        }
    }

    static IEnumerable<string> Constructors(Type type) =>
        type.GetConstructors().Select(constructor => string.Join(", ", constructor.GetParameters().Select(parameter => parameter.ParameterType.Name)));

    static Type Client(string service) => service == "Glue" ? typeof(AmazonGlueClient) : typeof(AmazonAthenaClient);

    static IEnumerable<string> Operations(string service) =>
        (service == "Glue" ? typeof(IAmazonGlue) : typeof(IAmazonAthena)).GetMethods().Select(method => method.Name[..^"Async".Length]);

    static IEnumerable<Type> Public(string service, string inNamespace) =>
        Client(service).Assembly.GetExportedTypes().Where(type => type.Namespace == inNamespace);

    static string Signature(PropertyInfo property) => $"{Name(property.PropertyType)} {property.Name}";

    static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? $"{Name(value)}?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GenericTypeArguments.Select(Name))}>"
        : type.Name;
}
