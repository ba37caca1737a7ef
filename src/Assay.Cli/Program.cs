using Assay.Cli;

return AssayTool.Run(args, ToolConsole.OfProcess());
