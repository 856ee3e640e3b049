using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Command.V1;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>Checks the sizes of a command's payloads and memo against the limits.</summary>
internal static class CommandSizeLimits
{
    /// <exception cref="BadCommandException">A part exceeds its limit; the run is terminated.</exception>
    public static void Check(Command command, ServerSettings settings)
    {
        var (cause, part, size) = LargestBlob(command);
        if (size > settings.BlobSizeLimit)
        {
            throw TooLarge(cause, part);
        }

        var (memoCause, memoPart, memo) = MemoOf(command);
        if (SizeOf(memo) > settings.MemoSizeLimit)
        {
            throw TooLarge(memoCause, memoPart);
        }
    }

    // Causes and names of parts as in Go's api/respondworkflowtaskcompleted/workflow_task_completed_handler.go.
    private static (WorkflowTaskFailedCause Cause, string Part, int Size) LargestBlob(Command command) => command.AttributesCase switch
    {
        Command.AttributesOneofCase.ScheduleActivityTaskCommandAttributes => (
            WorkflowTaskFailedCause.BadScheduleActivityAttributes,
            $"{nameof(ScheduleActivityTaskCommandAttributes)}.Input",
            SizeOf(command.ScheduleActivityTaskCommandAttributes.Input)),
        Command.AttributesOneofCase.CompleteWorkflowExecutionCommandAttributes => (
            WorkflowTaskFailedCause.BadCompleteWorkflowExecutionAttributes,
            $"{nameof(CompleteWorkflowExecutionCommandAttributes)}.Result",
            SizeOf(command.CompleteWorkflowExecutionCommandAttributes.Result)),
        Command.AttributesOneofCase.FailWorkflowExecutionCommandAttributes => (
            WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes,
            $"{nameof(FailWorkflowExecutionCommandAttributes)}.Failure",
            SizeOf(command.FailWorkflowExecutionCommandAttributes.Failure)),
        Command.AttributesOneofCase.CancelWorkflowExecutionCommandAttributes => (
            WorkflowTaskFailedCause.BadCancelWorkflowExecutionAttributes,
            $"{nameof(CancelWorkflowExecutionCommandAttributes)}.Details",
            SizeOf(command.CancelWorkflowExecutionCommandAttributes.Details)),
        Command.AttributesOneofCase.ContinueAsNewWorkflowExecutionCommandAttributes => (
            WorkflowTaskFailedCause.BadContinueAsNewAttributes,
            $"{nameof(ContinueAsNewWorkflowExecutionCommandAttributes)}.Input",
            SizeOf(command.ContinueAsNewWorkflowExecutionCommandAttributes.Input)),
        Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes => (
            WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
            $"{nameof(StartChildWorkflowExecutionCommandAttributes)}.Input",
            SizeOf(command.StartChildWorkflowExecutionCommandAttributes.Input)),
        Command.AttributesOneofCase.SignalExternalWorkflowExecutionCommandAttributes => (
            WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes,
            $"{nameof(SignalExternalWorkflowExecutionCommandAttributes)}.Input",
            SizeOf(command.SignalExternalWorkflowExecutionCommandAttributes.Input)),
        Command.AttributesOneofCase.RecordMarkerCommandAttributes => (
            WorkflowTaskFailedCause.BadRecordMarkerAttributes,
            $"{nameof(RecordMarkerCommandAttributes)}.Details",
            command.RecordMarkerCommandAttributes.Details.Values.Sum(SizeOf)),
        _ => default,
    };

    private static (WorkflowTaskFailedCause Cause, string Part, Memo? Memo) MemoOf(Command command) => command.AttributesCase switch
    {
        Command.AttributesOneofCase.ContinueAsNewWorkflowExecutionCommandAttributes => (
            WorkflowTaskFailedCause.BadContinueAsNewAttributes,
            $"{nameof(ContinueAsNewWorkflowExecutionCommandAttributes)}.Memo",
            command.ContinueAsNewWorkflowExecutionCommandAttributes.Memo),
        Command.AttributesOneofCase.StartChildWorkflowExecutionCommandAttributes => (
            WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
            $"{nameof(StartChildWorkflowExecutionCommandAttributes)}.Memo",
            command.StartChildWorkflowExecutionCommandAttributes.Memo),
        Command.AttributesOneofCase.ModifyWorkflowPropertiesCommandAttributes => (
            WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes,
            $"{nameof(ModifyWorkflowPropertiesCommandAttributes)}.UpsertedMemo",
            command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo),
        _ => default,
    };

    private static int SizeOf(IMessage? part) => part?.CalculateSize() ?? 0;

    private static BadCommandException TooLarge(WorkflowTaskFailedCause cause, string part) =>
        new(cause, $"{part} exceeds size limit.") { EndsRun = true };
}
