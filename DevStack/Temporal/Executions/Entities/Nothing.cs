namespace Stedi.DevStack.Temporal.Executions.Entities;

/// <summary>The input of a transition that needs none.</summary>
public readonly record struct Nothing;
