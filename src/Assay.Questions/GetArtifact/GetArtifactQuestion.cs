namespace Assay.Questions;

/// <summary>Writes artifacts of a run to files; the tool <c>get_artifact</c> gives their content in parts.</summary>
internal sealed class GetArtifactQuestion : Question<SavedArtifacts>
{
    private const string StandardOutput = "-";
    private const int FolderDigits = 8;

    private static readonly TextParameter Name = new("name", "The artifact or data, by the name that show lists", on: Shell)
    { IsPositional = true };

    private static readonly TextParameter Output = new(
        "output",
        "The file, or a folder for it. Default: the name, in the current folder. With --all a folder, by default the first digits of "
            + "the id. A - is standard output", on: Shell)
    { Alias = "-o", Placeholder = "PATH" };

    private static readonly FlagParameter All = new(
        "all", "Every artifact and all data of the run, each into a file of its own", on: Shell);

    private static readonly FlagParameter Force = new("force", "Replace files that exist", on: Shell);

    public override CommandText Command { get; } = new("get", "Write an artifact or data of a run to a file",
        "assay get latest model",
        "assay get best:accuracy model --output model.onnx",
        "assay get 373b0836 confusion --output - | jq .",
        "assay get latest --all --output results");

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Name, Output, All, Force];

    public override Answer Ask(QuestionCall call)
    {
        (string? name, string? output, bool all) = (Name.Of(call), Output.Of(call), All.Of(call));
        if (name is not null && all) throw new AssayException($"'{name}' is named, and --all is given; expected one of them.");
        if (output == StandardOutput) RequireOutput(call, all);
        (Results runs, RunRecord run) = call.FindRun();
        IReadOnlyList<ArtifactInfo> artifacts = all ? run.Artifacts : [run.FindArtifact(name ?? throw Unnamed(run))];
        SavedArtifacts report = output == StandardOutput
            ? Print(call, run, artifacts[0])
            : Save(call, run, artifacts, output, all);
        return new Answer(report) { Runs = runs, IsNegative = artifacts.Count == 0 };
    }

    protected override void Write(SavedArtifacts report, Page page)
    {
        if (report.IsPrinted) return;
        if (report.Artifacts.Count == 0) page.Line($"run {report.RunId} has no artifacts or data, so nothing was written");
        foreach (SavedArtifact artifact in report.Artifacts)
            page.Line($"wrote {artifact.Name} ({(artifact.Files == 1 ? "" : Words.Count(artifact.Files, "file") + ", ")}"
                + $"{Words.Bytes(artifact.Size)}) to {artifact.Path}");
    }

    private static void RequireOutput(QuestionCall call, bool all)
    {
        if (all) throw new AssayException("--all writes several files, and --output - is one stream; expected a folder, or one name.");
        if (call.IsJson)
            throw new AssayException("--json and --output - would both write to standard output; expected one of them.");
        if (call.Output is null)
            throw new AssayException("--output is '-', and standard output is a terminal; expected a file or a pipe behind it. "
                + "Name a file, or add | PROGRAM.");
    }

    private static AssayException Unnamed(RunRecord run) => run.Artifacts is { Count: > 0 } artifacts
        ? new AssayException($"no artifact is named; run {run.Id} has "
            + $"{ValueText.Few([.. artifacts.Select(a => $"'{a.Name}'")], most: 30)}. Name one, or take --all.")
        : new AssayException($"no artifact is named, and run {run.Id} has none. Choose another run.");

    private static SavedArtifacts Print(QuestionCall call, RunRecord run, ArtifactInfo artifact)
    {
        if (artifact.IsDirectory)
            throw new AssayException($"'{artifact.Name}' is a directory, and --output - is one stream; expected a folder. Name one.");
        using Stream content = run.OpenArtifact(artifact.Name);
        OutputFile.Write("standard output", () =>
        {
            using Stream output = call.Output!();
            content.CopyTo(output);
        });
        return new SavedArtifacts(call.Store.Path, run.Id, [SavedArtifact.Of(artifact, path: null, files: 1)]) { IsPrinted = true };
    }

    private static SavedArtifacts Save(
        QuestionCall call, RunRecord run, IReadOnlyList<ArtifactInfo> artifacts, string? output, bool all)
    {
        string path = Path.GetFullPath(output ?? (all ? run.Id[..FolderDigits] : "."), call.Folder);
        // As with cp: into a folder that is there, or whose name ends like one.
        bool isFolder = all || Directory.Exists(path) || Path.EndsInDirectorySeparator(path);
        var copy = new ArtifactCopy();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var saved = new List<SavedArtifact>();
        foreach (ArtifactInfo artifact in artifacts)
        {
            string place = isFolder ? Path.Combine(path, FileNames.Unique(FileNames.Of(artifact), taken)) : path;
            int before = copy.Count;
            copy.Add(run, artifact, place, isFolder ? path : null);
            saved.Add(SavedArtifact.Of(artifact, place, copy.Count - before));
        }

        OutputFile.Write(path, () => copy.Write(Force.Of(call)));
        return new SavedArtifacts(call.Store.Path, run.Id, saved);
    }
}

/// <summary>Artifacts that were written to files.</summary>
internal sealed record SavedArtifacts(string Store, string RunId, IReadOnlyList<SavedArtifact> Artifacts) : Report
{
    /// <summary>Whether the content is the answer.</summary>
    internal bool IsPrinted { get; init; }
}

/// <summary>An artifact and its file, or the folder of its files.</summary>
internal sealed record SavedArtifact(string Name, string Kind, string Format, long Size, string? Sha256, string? Path, int Files)
{
    public static SavedArtifact Of(ArtifactInfo artifact, string? path, int files) => new(
        artifact.Name, artifact.Kind, artifact.Format, artifact.Size, artifact.Sha256.Length == 0 ? null : artifact.Sha256, path, files);
}
