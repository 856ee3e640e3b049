namespace Stedi.DevStack.Landing.Files;

/// <summary>How much was written of one source: files that are not hidden, lines that hold a row and lines that do not, bytes of those files.</summary>
sealed record WrittenSource(int Files, long Rows, long Rejected, long Bytes);

/// <summary>How much was written.</summary>
sealed record WrittenSources(WrittenSource Customer, WrittenSource Accelerometer, WrittenSource StepTrainer);
