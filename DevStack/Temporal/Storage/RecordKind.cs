namespace Stedi.DevStack.Temporal.Storage;

/// <summary>The kinds of record in a store. The numbers are on disk: never reuse one.</summary>
public enum RecordKind
{
    /// <summary>Run id to execution state, of a run that is not over.</summary>
    Execution = 1,

    /// <summary>Namespace and workflow id to the id of the current run.</summary>
    CurrentRun = 2,

    /// <summary>Namespace name to its registration.</summary>
    Namespace = 3,

    /// <summary>Namespace and schedule id to the schedule.</summary>
    Schedule = 4,

    /// <summary>Search attribute name to its type.</summary>
    SearchAttribute = 5,

    /// <summary>Run id to the state of a run that is over.</summary>
    SettledExecution = 6,

    /// <summary>Run id to what lists show of a run that is over.</summary>
    SettledRow = 7,
}
