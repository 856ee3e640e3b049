using Stedi.Temporal.Worker.Cli;



var context = CommandContext.FromProcess();
AddLocal(ref context);
return await StediCommandLine.RunAsync(args, context);

internal partial class Program
{
    /// <summary>Adds the embedded stack and its commands, where Worker/Local is compiled.</summary>
    static partial void AddLocal(ref CommandContext context);
}
