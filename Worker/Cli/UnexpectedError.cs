using Amazon.Runtime;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Says what can be said of an error that no command foresaw, without its stack.</summary>
internal static class UnexpectedError
{
    public static CommandException Explain(Exception error, StackFolder folder) => error switch
    {
        ApplicationFailureException e => RunFailure.Explain(e),
        AmazonServiceException { StatusCode: 0 } e => new(
            $"S3, Glue or Athena cannot be reached: {Innermost(e)}",
            "If another command ran the stack, it has ended: type the same again.",
            "If you use AWS, look at the network and the region; `stedi doctor` checks each part."),
        AmazonServiceException e => new(
            $"{e.Message} ({e.ErrorCode})",
            "`stedi doctor` checks identity, permissions and each part of the lake."),
        AmazonClientException e => new(
            $"S3, Glue or Athena cannot be called: {e.Message}",
            "The AWS SDK found no usable credentials or region: log in, or set AWS_PROFILE and AWS_REGION."),
        RpcException { Code: RpcException.StatusCode.Unavailable } e => new(
            $"The Temporal server cannot be reached any more: {e.Message}",
            "The run is durable: type the same again to go on with it."),
        RpcException e => new($"The Temporal server refuses a call: {e.Message} ({e.Code})", "Look at the namespace and the credentials of the connection."),
        TimeoutException e => new(e.Message, "If no other command is at work here, a process may hang: end it and type the same again."),
        UnauthorizedAccessException e => new(e.Message, $"Grant this user access to {StackFolder.Display(folder.Root)}, or run in another folder."),
        IOException e => new(e.Message, "Look at the disk's free space and at who may write there."),
        _ => new($"{error.GetType().Name}: {error.Message}", $"This is not foreseen. The log files in {StackFolder.Display(folder.Logs)} have the details."),
    };

    private static string Innermost(Exception e) => e.InnerException is null ? e.Message : Innermost(e.InnerException);
}
