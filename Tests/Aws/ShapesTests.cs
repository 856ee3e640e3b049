using System.Reflection;
using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;

namespace Stedi.Aws.Tests;

/// <summary>Compares the public surface of Aws/ with the service models: every operation, shape, member, type and constant.</summary>
public sealed class ShapesTests
{
    public static TheoryData<string> Services => ["Glue", "Athena"];

    [Theory]
    [MemberData(nameof(Services))]
    public void Shapes_OfAService_HaveTheMembersOfItsModel(string service)
    {
        var model = ServiceModel.Read(service);
        var modelled = model.Shapes.ToDictionary(shape => shape.Key, shape => shape.Value.Select(member => $"{InCSharp(member.Type)} {member.Name}").ToList());
        foreach (var (operation, errors) in model.Operations)
        {
            // A shape without members has no line.
            foreach (var name in errors.Append($"{operation}Response"))
            {
                modelled.TryAdd(name, []);
            }
        }

        var ours = Public(service, $"Amazon.{service}.Model")
            .ToDictionary(type => type.Name, type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(Signature).ToList());

        ours.Keys.ShouldBe(modelled.Keys, ignoreOrder: true);
        foreach (var (name, members) in modelled)
        {
            ours[name].ShouldBe(members, ignoreOrder: true, name);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Constants_OfAService_HaveTheNamesAndValuesOfItsModel(string service)
    {
        var model = ServiceModel.Read(service);

        var ours = Public(service, $"Amazon.{service}").Where(type => type.IsAssignableTo(typeof(ConstantClass))).ToList();

        ours.Select(type => type.Name).ShouldBe(model.Constants.Keys, ignoreOrder: true);
        foreach (var type in ours)
        {
            type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (field.Name, ((ConstantClass)field.GetValue(null)!).Value))
                .ShouldBe(model.Constants[type.Name].Select(value => (value, value)), ignoreOrder: true, type.Name);
            type.GetMethod("FindValue", [typeof(string)])!.ReturnType.ShouldBe(type);
            type.GetMethod("op_Implicit", [typeof(string)])!.ReturnType.ShouldBe(type);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Operations_OfAService_AreInTheInterfaceAndTheClient(string service)
    {
        var operations = (service == "Glue" ? typeof(IAmazonGlue) : typeof(IAmazonAthena)).GetMethods().Select(method => method.Name[..^"Async".Length]).ToList();

        operations.ShouldBe(ServiceModel.Read(service).Operations.Keys, ignoreOrder: true);
        foreach (var operation in operations)
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
    public void ClientsAndErrors_OfAService_HaveOnlyOfficialConstructors(string service)
    {
        var config = $"Amazon{service}Config";
        string[] ofErrors =
        [
            "String", "String, Exception", "Exception",
            "String, Exception, ErrorType, String, String, HttpStatusCode", "String, ErrorType, String, String, HttpStatusCode",
        ];

        Constructors(Client(service)).ShouldBe(
            [
                "", "RegionEndpoint", config,
                "AWSCredentials", "AWSCredentials, RegionEndpoint", $"AWSCredentials, {config}",
                "String, String", "String, String, RegionEndpoint", $"String, String, {config}",
                "String, String, String", "String, String, String, RegionEndpoint", $"String, String, String, {config}",
            ],
            ignoreOrder: true);
        foreach (var error in Client(service).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(AmazonServiceException))))
        {
            Constructors(error).ShouldBeSubsetOf(ofErrors, error.Name);
        }
    }

    private static IEnumerable<string> Constructors(Type type) =>
        type.GetConstructors().Select(constructor => string.Join(", ", constructor.GetParameters().Select(parameter => parameter.ParameterType.Name)));

    private static Type Client(string service) => service == "Glue" ? typeof(AmazonGlueClient) : typeof(AmazonAthenaClient);

    private static IEnumerable<Type> Public(string service, string inNamespace) =>
        Client(service).Assembly.GetExportedTypes().Where(type => type.Namespace == inNamespace);

    private static string Signature(PropertyInfo property) => $"{Name(property.PropertyType)} {property.Name}";

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? $"{Name(value)}?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GenericTypeArguments.Select(Name))}>"
        : type.Name;

    private static string InCSharp(string type) => type switch
    {
        "string" => "String",
        "boolean" => "Boolean?",
        "integer" => "Int32?",
        "long" => "Int64?",
        "double" => "Double?",
        "timestamp" => "DateTime?",
        "Record<string, string>" => "Dictionary<String, String>",
        _ when type.EndsWith("[]", StringComparison.Ordinal) => $"List<{InCSharp(type[..^2])}>",
        _ => type,
    };
}
