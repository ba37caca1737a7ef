using Assay.TestPrograms;

// Programs that tests start as real processes: to be killed, interrupted, and watched from outside. The first argument chooses one.
return args switch
{
    ["crash", .. string[] rest] => await CrashProgram.RunAsync(rest),
    ["chat", .. string[] rest] => await ChatProgram.RunAsync(rest),
    ["command", .. string[] rest] => await CommandProgram.RunAsync(rest),
    ["culture", .. string[] rest] => await CultureProgram.RunAsync(rest),
    ["processes", .. string[] rest] => await ProcessesProgram.RunAsync(rest),
    ["late", .. string[] rest] => await LateProgram.RunAsync(rest),
    ["derive", .. string[] rest] => await DeriveProgram.RunAsync(rest),
    ["hold", .. string[] rest] => await HoldProgram.RunAsync(rest),
    ["big", .. string[] rest] => await BigProgram.RunAsync(rest),
    ["track", .. string[] rest] => TrackProgram.Run(rest),
    ["replayed", .. string[] rest] => await ReplayedProgram.RunAsync(rest),
    ["keep", .. string[] rest] => KeepProgram.Run(rest),
    ["nested", .. string[] rest] => await NestedProgram.RunAsync(rest),
    ["beside", .. string[] rest] => await BesideProgram.RunAsync(rest),
    ["read", .. string[] rest] => ReadProgram.Run(rest),
    ["storage", .. string[] rest] => StorageProgram.Run(rest),
    ["repl", .. string[] rest] => await ReplProgram.RunAsync(rest),
    ["signal", .. string[] rest] => await SignalProgram.RunAsync(rest),
    _ => throw new ArgumentException($"no program '{string.Join(' ', args)}'"),
};
