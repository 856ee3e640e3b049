using System.Collections.Concurrent;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Stedi.Testing;
using Temporalio.Client;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>Sends fuzzed messages to the gRPC port: each gets a definite status, and other clients are not affected.</summary>
public sealed class GrpcFuzzTests : IAsyncLifetime
{
    private const int Ok = 0;
    private const int Unknown = 2;
    private const int Internal = 13;
    private const int NoStatus = -1;

    private static readonly ServiceDescriptor[] Services =
    [
        Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0],
        Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services[0],
        Temporalio.Api.TestService.V1.ServiceReflection.Descriptor.Services[0],
    ];

    private readonly ErrorLog _log = new();
    private TemporalServer _server = null!;
    private ITemporalClient _client = null!;
    private RawGrpc _grpc = null!;

    public static TheoryData<string> ServiceNames => [.. Services.Select(s => s.FullName)];

    public async ValueTask InitializeAsync()
    {
        _server = await TemporalServer.StartAsync(new() { TimeSkipping = true, LoggerFactory = _log });
        _client = await TemporalClient.ConnectAsync(new(_server.Target));
        _grpc = new(_server.Target);
    }

    public async ValueTask DisposeAsync()
    {
        _grpc.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(ServiceNames))]
    public async Task Call_WithFuzzedMessage_NeverReturnsInternal(string service)
    {
        var statuses = new ConcurrentBag<int>();
        foreach (var method in Services.Single(s => s.FullName == service).Methods)
        {
            var shared = await FuzzedWorkflow.StartAsync(_client);
            var consumesTarget = method.Name.StartsWith("Respond", StringComparison.Ordinal) || method.Name.StartsWith("Reset", StringComparison.Ordinal);
            await Gen.Int.SampleAsync(
                async seed =>
                {
                    var target = consumesTarget ? await FuzzedWorkflow.StartAsync(_client) : shared;
                    var request = new FuzzedMessages(new(seed), target).Of(method.InputType);
                    statuses.Add(await CallAsync(method, request.ToByteArray(), Convert.ToBase64String(request.ToByteArray())));
                },
                count: 20,
                threads: 2);
        }

        statuses.ShouldContain(Ok);
        _log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ServiceNames))]
    public async Task Call_WithEmptyOrMissingMessage_NeverReturnsInternal(string service)
    {
        foreach (var method in Services.Single(s => s.FullName == service).Methods)
        {
            await CallAsync(method, [], "empty");
            await CallAsync(method, [0xff, 0xff, 0xff, 0xff, 0x07], "malformed");
        }

        _log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Workflow_WhileOthersSendFuzzedMessages_Completes()
    {
        var target = await FuzzedWorkflow.StartAsync(_client);
        using var stop = new CancellationTokenSource();
        var sending = Task.WhenAll(Enumerable.Range(0, 4).Select(stream => SendUntilAsync(target, TestSeed.NewRandom(stream), stop.Token)));

        await Scenario.RunAsync(_client, options => options.AddWorkflow<FuzzedWorkflow.EchoWorkflow>(), async scenario =>
        {
            for (var i = 0; i < 10; i++)
            {
                var handle = await scenario.StartAsync((FuzzedWorkflow.EchoWorkflow wf) => wf.RunAsync("echo"));
                (await handle.GetResultAsync()).ShouldBe("echo");
            }
        });

        await stop.CancelAsync();
        await sending;
    }

    private async Task SendUntilAsync(FuzzedWorkflow target, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var method = Services[0].Methods[random.Next(Services[0].Methods.Count)];
            await CallAsync(method, new FuzzedMessages(random, target).Of(method.InputType).ToByteArray(), "random");
        }
    }

    private async Task<int> CallAsync(MethodDescriptor method, byte[] body, string body64)
    {
        var (status, message) = await _grpc.CallAsync(method.Service.FullName, method.Name, body, timeoutMilliseconds: 100);

        status.ShouldNotBeOneOf([Internal, Unknown, NoStatus], $"{method.Name}: {status} {message}\n{body64}\n{string.Join('\n', _log.Errors)}");
        return status;
    }
}
