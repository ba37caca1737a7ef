namespace Assay.Questions;

/// <summary>The program that ran a run.</summary>
internal sealed record SessionLine(
    DateTimeOffset? StartedAt, string? Host, IReadOnlyList<string> Command, string? Folder, string? Runtime, string? Assay)
{
    public static SessionLine? Of(RecordedSession? session) => session is null ? null
        : new(session.StartedAt, session.Host, session.Command, session.Folder, session.Runtime, session.Assay);
}
