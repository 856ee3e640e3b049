namespace Stedi.DevStack.Landing.Files;

/// <summary>How much was written of one source.</summary>
sealed record WrittenSource(int Files, long Lines, long Bytes);

/// <summary>How much was written.</summary>
sealed record WrittenSources(WrittenSource Customer, WrittenSource Accelerometer, WrittenSource StepTrainer);
