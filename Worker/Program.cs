using Stedi.Temporal.Worker.Commands;

return await CommandLine.RunAsync(args, Session.OfProcess());
