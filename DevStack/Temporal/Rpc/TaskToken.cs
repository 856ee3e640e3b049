using System.Text;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>The token that a worker returns with its response. Identifies the run, the task and the attempt.</summary>
public sealed record TaskToken(string Namespace, string WorkflowId, string RunId, long ScheduledEventId, int Stamp)
{
    public WorkflowExecution Run => new() { WorkflowId = WorkflowId, RunId = RunId };

    public ByteString ToByteString()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Namespace);
        writer.Write(WorkflowId);
        writer.Write(RunId);
        writer.Write(ScheduledEventId);
        writer.Write(Stamp);
        writer.Flush();
        return ByteString.CopyFrom(stream.ToArray());
    }

    /// <exception cref="RequestException">The bytes are not a token of this server.</exception>
    public static TaskToken Parse(ByteString bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToByteArray()), Encoding.UTF8);
            return new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadInt64(), reader.ReadInt32());
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            throw RpcErrors.InvalidArgument("The task token is not one of this server.");
        }
    }
}
