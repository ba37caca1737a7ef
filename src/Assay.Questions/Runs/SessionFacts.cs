using System.Text.Json;

namespace Assay.Questions;

/// <summary>What the first line of a journal says of the program that wrote it: session_start, or run_start of a lone run.</summary>
/// <param name="StartedAt">When the session's first line was written.</param>
/// <param name="Host">The machine.</param>
/// <param name="Command">The program's command line.</param>
/// <param name="Folder">The folder it was started in.</param>
/// <param name="Runtime">The .NET it ran on.</param>
/// <param name="Assay">The version of Assay it used.</param>
internal sealed record SessionFacts(
    DateTimeOffset? StartedAt, string? Host, IReadOnlyList<string> Command, string? Folder, string? Runtime, string? Assay)
{
    /// <summary>The values of the context, dotted; none when there was no context, null when that is not known.</summary>
    internal IReadOnlyDictionary<string, object?>? Context { get; private init; }

    /// <summary>How much code was looked at, as <c>CodeIdentity</c> names it, in lower case.</summary>
    internal string CodeMode { get; private init; } = "";

    /// <summary>Members by name with their fingerprints, and packages with their versions; null when the line has none.</summary>
    internal IReadOnlyDictionary<string, string>? CodeMembers { get; private init; }

    /// <summary>What was built and started; null when it is not recorded.</summary>
    internal StartedProgram? Program { get; private init; }

    /// <summary>The code state in full; empty without a repository.</summary>
    internal IReadOnlyDictionary<string, object?> Git { get; private init; } = JsonObjects.Empty;

    /// <summary>Why there is no code state; null when there is one, or nobody asked for it.</summary>
    internal string? GitFault { get; private init; }

    /// <summary>The process that ran, for telling the runs of one apart from those of another.</summary>
    internal long? Process { get; private init; }

    /// <summary>Null when the journal has no such line, or it cannot be read.</summary>
    public static SessionFacts? Read(JournalRef journal)
    {
        try
        {
            using JournalSource source = journal.Open();
            using JsonDocument document = JsonDocument.Parse(JournalHead.FirstLine(source));
            JsonElement root = document.RootElement;
            // The first line of a lone run tells the same.
            return Text(root, "kind") is "session_start" or "run_start"
                && Member(root.GetProperty("value"), "process").ValueKind == JsonValueKind.Object
                ? Of(root, root.GetProperty("value"))
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static SessionFacts Of(JsonElement root, JsonElement value)
    {
        JsonElement process =
            Member(value, "process"), runtime = Member(value, "runtime"), code = Member(value, "code"), context = Member(value, "context");
        JsonElement argv = Member(process, "argv"), members = Member(code, "members");
        return new SessionFacts(
            root.TryGetProperty("created_at", out JsonElement time) && JournalTime.TryParse(time, out DateTimeOffset at) ? at : null,
            Text(Member(value, "host"), "hostname"),
            argv.ValueKind == JsonValueKind.Array ? [.. argv.EnumerateArray().Select(a => a.ToString())] : [],
            Text(process, "cwd"), Text(runtime, "framework"), Text(runtime, "assay"))
        {
            Context = context.ValueKind == JsonValueKind.Undefined ? null : ContextValues(context),
            Program = StartedProgram.Read(Member(process, "program")),
            Git = JsonObjects.Dictionary(Member(value, "git")),
            GitFault = Text(value, "git_fault"),
            Process = Member(process, "pid").TryInteger(out long pid) ? pid : null,
            CodeMode = Text(code, "mode") ?? "",
            CodeMembers = members.ValueKind == JsonValueKind.Object
                ? members.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.ToString(), StringComparer.Ordinal)
                : null,
        };
    }

    private static IReadOnlyDictionary<string, object?> ContextValues(JsonElement context) => context.ValueKind switch
    {
        JsonValueKind.Object =>
            JsonObjects.Flatten(JsonObjects.Dictionary(context)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal),
        JsonValueKind.Null => JsonObjects.Empty,
        _ => new Dictionary<string, object?> { ["value"] = JsonObjects.Value(context) },
    };

    internal static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? member : default;

    internal static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
