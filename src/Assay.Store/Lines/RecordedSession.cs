using System.Text.Json;
using static Assay.Journals.JsonObjects;

namespace Assay;

/// <summary>The program that wrote a journal, from its first line, of a session or a lone run. Immutable.</summary>
public sealed record RecordedSession
{
    /// <summary>The time of the line, in UTC; null when it is not known.</summary>
    public DateTimeOffset? StartedAt { get; private init; }

    /// <summary>The name of the machine; null when it is not known.</summary>
    public string? Host { get; private init; }

    /// <summary>The id of the process; null when it is not known.</summary>
    public long? ProcessId { get; private init; }

    /// <summary>The command line; values of likely secrets are masked.</summary>
    public IReadOnlyList<string> Command { get; private init; } = [];

    /// <summary>The folder the program was started in; null when it is not known.</summary>
    public string? Folder { get; private init; }

    /// <summary>The program that was built and started; null when it is not known.</summary>
    public RecordedProgram? Program { get; private init; }

    /// <summary>The version of .NET; null when it is not known.</summary>
    public string? Runtime { get; private init; }

    /// <summary>The version of Assay; null when it is not known.</summary>
    public string? Assay { get; private init; }

    /// <summary>The values of the context by dotted name; empty without a context, null when it is not known.</summary>
    public IReadOnlyDictionary<string, object?>? Context { get; private init; }

    /// <summary>The extent of the fingerprinted code, as <c>CodeIdentity</c> names it, in lower case; empty when not known.</summary>
    public string CodeMode { get; private init; } = "";

    /// <summary>The fingerprints of members by name, and versions of packages by <c>package:NAME</c>; null when not known.</summary>
    public IReadOnlyDictionary<string, string>? CodeMembers { get; private init; }

    /// <summary>The full code state; empty without a repository.</summary>
    public IReadOnlyDictionary<string, object?> Git { get; private init; } = JsonObjects.Empty;

    /// <summary>The reason why there is no code state; null when there is one, or none was to be recorded.</summary>
    public string? GitFault { get; private init; }

    /// <summary>Null when the journal has no such line, or the line is damaged.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    internal static RecordedSession? Read(JournalRef journal, Action damaged)
    {
        try
        {
            using JournalSource source = journal.Open();
            using JsonDocument document = JsonDocument.Parse(JournalHead.FirstLine(source));
            JsonElement root = document.RootElement;
            return Text(root, "kind") is "session_start" or "run_start"
                && Member(root.GetProperty("value"), "process").ValueKind == JsonValueKind.Object
                ? Of(root, root.GetProperty("value"))
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            damaged();
            return null;
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            throw new StoreException($"cannot read the journal '{journal.Location}': {ExceptionText.Sentence(fault)}", fault);
        }
    }

    private static RecordedSession Of(JsonElement root, JsonElement value)
    {
        JsonElement process = Member(value, "process"), runtime = Member(value, "runtime"), code = Member(value, "code");
        JsonElement argv = Member(process, "argv"), members = Member(code, "members");
        return new RecordedSession
        {
            StartedAt = JournalTime.Of(root),
            Host = Text(Member(value, "host"), "hostname"),
            ProcessId = Member(process, "pid").TryInteger(out long pid) ? pid : null,
            Command = argv.ValueKind == JsonValueKind.Array ? [.. argv.EnumerateArray().Select(a => a.ToString())] : [],
            Folder = Text(process, "cwd"),
            Program = RecordedProgram.Read(Member(process, "program")),
            Runtime = Text(runtime, "framework"),
            Assay = Text(runtime, "assay"),
            Context = ContextValues(Member(value, "context")),
            CodeMode = Text(code, "mode") ?? "",
            CodeMembers = members.ValueKind == JsonValueKind.Object
                ? LastOf(members.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value.ToString())))
                : null,
            Git = JsonObjects.Dictionary(Member(value, "git")),
            GitFault = Text(value, "git_fault"),
        };
    }

    private static IReadOnlyDictionary<string, object?>? ContextValues(JsonElement context) => context.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.Object => LastOf(JsonObjects.Flatten(JsonObjects.Dictionary(context))),
        JsonValueKind.Null => JsonObjects.Empty,
        _ => new Dictionary<string, object?> { ["value"] = JsonObjects.Value(context) },
    };

    // A line from elsewhere may have a name twice.
    private static Dictionary<string, T> LastOf<T>(IEnumerable<KeyValuePair<string, T>> values)
    {
        var last = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach ((string name, T value) in values) last[name] = value;
        return last;
    }
}

/// <summary>A program that was built and started. Immutable.</summary>
/// <param name="Assembly">The name of its assembly.</param>
/// <param name="Path">The path of the assembly; null for a program in a single file.</param>
/// <param name="File">The source of a program that is one file; null for others.</param>
/// <param name="Configuration">The configuration, such as Debug or Release; null when it is not known.</param>
/// <param name="Framework">The target framework, as <c>.NETCoreApp,Version=v10.0</c>; null when it is not known.</param>
public sealed record RecordedProgram(string Assembly, string? Path, string? File, string? Configuration, string? Framework)
{
    internal static RecordedProgram? Read(JsonElement json) => Text(json, "assembly") is { Length: > 0 } assembly
        ? new RecordedProgram(assembly, Text(json, "path"), Text(json, "file"), Text(json, "configuration"), Text(json, "framework"))
        : null;
}
