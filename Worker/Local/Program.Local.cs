using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Local;



internal partial class Program
{
    static partial void AddLocal(ref CommandContext context) => context = context with { Local = new LocalFeatures() };
}
