using Amazon.Runtime;
using Stedi.Temporal.Worker.Cli.Runs;
using Stedi.Temporal.Worker.Configuration;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Worker.Cli;

/// <summary>Explains exceptions that no command handles, without their stack traces.</summary>
internal static class UnexpectedError
{
    public static CommandException Explain(Exception error, StackFolder folder) => error switch
    {
        ApplicationFailureException e => RunFailure.Explain(e),
        AmazonServiceException { StatusCode: 0 } e => new(
            $"S3, Glue or Athena cannot be reached: {Innermost(e)}",
            "If another command ran the stack, it has ended: run the command again.",
            "If you use AWS, check the network and the region; `stedi doctor` checks each part."),
        AmazonServiceException e => new(
            $"{e.Message} ({e.ErrorCode})",
            "`stedi doctor` checks identity, permissions and each part of the lake."),
        AmazonClientException e => new(
            $"S3, Glue or Athena cannot be called: {e.Message}",
            "The AWS SDK found no usable credentials or region: log in, or set AWS_PROFILE and AWS_REGION."),
        RpcException { Code: RpcException.StatusCode.Unavailable } e => new(
            $"The Temporal server cannot be reached any more: {e.Message}",
            "The run is kept: run the command again to continue it."),
        RpcException e => new($"The Temporal server rejected a call: {e.Message} ({e.Code})", "Check the namespace and the credentials of the connection."),
        TimeoutException e => new(e.Message, "If no other command is running here, a process may hang: end it and run the command again."),
        UnauthorizedAccessException e => new(e.Message, $"Grant this user access to {StackFolder.Display(folder.Root)}, or run in another folder."),
        IOException e => new(e.Message, "Check the disk's free space and the permissions of the path."),
        _ => new($"{error.GetType().Name}: {error.Message}", $"This is an unexpected error. The log files in {StackFolder.Display(folder.Logs)} have the details."),
    };

    private static string Innermost(Exception e) => e.InnerException is null ? e.Message : Innermost(e.InnerException);
}
