namespace Assay.Questions;

/// <summary>Finds the command that starts the program of a run in a checkout of its code.</summary>
internal static class ReplayCommandLine
{
    private const string Masked = "***";
    private static readonly string[] ProjectEndings = [".csproj", ".fsproj", ".vbproj"];

    /// <summary>The command that is given, or where it is empty the one that was recorded.</summary>
    /// <exception cref="AssayException">The program is not known, or not part of the code.</exception>
    public static ProgramCommandLine Of(RunRecord run, RecordedCode code, string checkout, IReadOnlyList<string> command)
    {
        string folder = code.FolderIn(checkout);
        if (command.Count > 0) return new ProgramCommandLine(command[0], [.. command.Skip(1)], folder);
        if (code.Session is not { Program: { } program } session) throw Unknown(run, "its journal does not say what program it was");
        string[] arguments = [.. session.Command.Skip(1)];
        if (arguments.Any(IsMasked)) throw Unknown(run, "its command line had a password or key, which is not recorded");
        string? InCheckout(string path) => Moved(path, session, code, checkout);
        string[] source = program.File is { } file
            ? ["--file", Source(run, file, InCheckout(file), checkout)]
            : ["--project", .. Project(run, program, program.Path is { } path ? InCheckout(path) : null, checkout)];
        // What is behind a semicolon or an equals sign would be a property of the build, which may execute anything.
        string[] configuration = program.Configuration switch
        {
            null => [],
            var named when IsName(named) => ["--configuration", named],
            var other => throw Unknown(run, $"its build configuration is '{Words.Cut(other, 60)}', which is no name such as Release"),
        };
        return new ProgramCommandLine("dotnet", ["run", .. source, .. configuration, "--", .. arguments], folder);
    }

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || "_.-".Contains(c));

    private static bool IsMasked(string argument) => argument == Masked
        || argument.EndsWith('=' + Masked, StringComparison.Ordinal) || argument.EndsWith(':' + Masked, StringComparison.Ordinal);

    private static string Source(RunRecord run, string file, string? moved, string checkout)
    {
        if (File.Exists(moved)) return moved;
        string[] named = [.. CodeCheckout.Files(checkout).Where(f => Path.GetFileName(f) == Path.GetFileName(file))];
        return named.Length == 1 ? Path.Combine(checkout, named[0]) : throw Unknown(run, $"its program '{file}' is not part of the code");
    }

    // Of several projects the one whose folder what was built stood in.
    private static string[] Project(RunRecord run, RecordedProgram program, string? built, string checkout)
    {
        string[] makers = [.. CodeCheckout.Files(checkout)
            .Where(f => ProjectEndings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .Select(f => Path.Combine(checkout, f)).Where(p => Makes(p, program.Assembly))];
        if (makers.Length == 0) throw Unknown(run, $"no project in its code makes '{program.Assembly}', which it was");
        bool IsAround(string p) =>
            built?.StartsWith(Path.GetDirectoryName(p) + Path.DirectorySeparatorChar, StringComparison.Ordinal) is true;
        string project = makers.Length == 1 ? makers[0]
            : makers.Where(IsAround).MaxBy(p => p.Length) ?? throw Unknown(run, $"several projects in its code make '{program.Assembly}': "
                + $"{string.Join(", ", makers.Select(p => Path.GetRelativePath(checkout, p)))}");
        return File.ReadAllText(project).Contains("<TargetFrameworks>", StringComparison.OrdinalIgnoreCase)
            && Moniker(program.Framework) is { } framework ? [project, "--framework", framework] : [project];
    }

    private static bool Makes(string project, string assembly) => Path.GetFileNameWithoutExtension(project) == assembly
        || File.ReadAllText(project).Contains($"<AssemblyName>{assembly}</AssemblyName>", StringComparison.Ordinal);

    // .NETCoreApp,Version=v10.0
    private static string? Moniker(string? framework) =>
        framework?.Split(",Version=v") is [".NETCoreApp", var version] && IsName(version) ? "net" + version : null;

    /// <summary>The place in the checkout of a path in the original working tree; null for a path outside of it.</summary>
    private static string? Moved(string path, RecordedSession session, RecordedCode code, string checkout)
    {
        if (session.Folder is not { } folder || code.Folder is not { } inside) return null;
        string root = Path.TrimEndingDirectorySeparator(folder.Replace('\\', '/'));
        if (inside.Length > 0)
        {
            if (!root.EndsWith("/" + inside, StringComparison.Ordinal)) return null;
            root = root[..^(inside.Length + 1)];
        }

        string place = path.Replace('\\', '/');
        if (!place.StartsWith(root + "/", StringComparison.Ordinal)) return null;
        string moved = Path.Combine(checkout, place[(root.Length + 1)..]);
        return RealPath.IsWithin(moved, checkout) ? moved : null;
    }

    private static AssayException Unknown(RunRecord run, string why) => new(
        $"run {run.Id} cannot be run again by itself: {why}. Expected a program that 'dotnet run' builds from the code of the run. "
            + $"Say how it is run, from the folder it was started in: assay replay {run.Id[..8]} -- dotnet run samples/x.cs");
}
