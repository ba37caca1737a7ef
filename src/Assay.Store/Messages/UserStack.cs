using System.Diagnostics;

namespace Assay.Messages;

/// <summary>The part of a stack that is the user's own code.</summary>
internal static class UserStack
{
    private const string Variable = "ASSAY_TRACE";

    /// <summary>The parts of Assay. The user's assemblies may begin with the same word.</summary>
    internal static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        "Assay", "Assay.Tables", "Assay.Avro", "Assay.Excel", "Assay.Store", "Assay.Code", "Assay.Questions", "Assay.Import", "Assay.Cli",
        "Assay.Analysis", "Assay.Forest", "Assay.Chat", "Assay.Workflows", "Assay.Slurm", "Assay.Postgres", "Assay.Dashboard",
    };

    /// <summary>Whether the user asks for whole stacks.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>The innermost line of the stack in the user's code, with its line end; empty without one.</summary>
    public static string PlaceOf(Exception fault)
    {
        StackFrame? own = new StackTrace(fault, fNeedFileInfo: true).GetFrames().FirstOrDefault(IsOfUser);
        return own is null ? "" : new StackTrace(own).ToString();
    }

    private static bool IsOfUser(StackFrame frame)
    {
        if (DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName is not { } assembly) return false;
        string name = assembly.Split(',')[0];
        return !Parts.Contains(name) && name is not ("System" or "Microsoft" or "mscorlib" or "netstandard")
            && !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.", StringComparison.Ordinal);
    }
}
