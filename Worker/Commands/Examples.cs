using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Stedi.Temporal.Worker.Commands;

/// <summary>Examples of a command, kept beside it: what to type after the program's name, and what it does.</summary>
static class Examples
{
    static readonly ConditionalWeakTable<Command, IReadOnlyList<(string Arguments, string Meaning)>> all = [];

    public static void AddExamples(this Command command, params IReadOnlyList<(string Arguments, string Meaning)> examples) =>
        all.AddOrUpdate(command, examples);

    public static IReadOnlyList<(string Arguments, string Meaning)> Of(Command command) =>
        all.TryGetValue(command, out var examples) ? examples : [];
}
