using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>What a journal holds and refers to, as far as it decides what can go.</summary>
internal sealed class JournalContents(CleanupScan scan, JournalInfo journal) : ILineTaker
{
    private const int LengthOfAddress = 64;

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);

    private readonly HashSet<UInt128> _gone = [];
    private readonly HashSet<UInt128> _staying = [];
    private readonly HashSet<UInt128> _named = [];
    private readonly List<(UInt128 Id, ArtifactAddress Address, bool IsDirectory)> _ofRemoved = [];
    private readonly HashSet<string> _commits = new(StringComparer.Ordinal);
    private byte[] _lastCommit = [];
    private bool _hasOthers;
    private bool _hasLines;

    public JournalRef Journal { get; } = new(scan.Storage, JournalArea.Runs, journal.Name);

    public string Name => journal.Name;

    public long ChangedAt => journal.ChangedAt;

    public bool WriterLives { get; } = scan.Writers.Contains(journal.Writer);

    /// <summary>What of it cannot be read, the unfinished last line of a killed writer aside.</summary>
    public List<JournalDamage> Damage { get; } = [];

    public UInt128 GoneRun => _gone.First();

    public int GoneRuns => _gone.Count;

    /// <summary>The runs among them that had artifacts.</summary>
    public IEnumerable<UInt128> GoneWithArtifacts => _ofRemoved.Select(a => a.Id).Where(id => _gone.Contains(id) && !_staying.Contains(id));

    /// <summary>Whether it holds runs, and all of them are gone.</summary>
    public bool IsAllGone => _gone.Count > 0 && !_hasOthers && _staying.Count == 0 && _gone.IsSupersetOf(_named);

    /// <summary>Whether the journal itself can go. A line that cannot be read may be of a run that stays.</summary>
    public bool CanGo => IsAllGone && !WriterLives && !IsHeld && Damage.Count == 0;

    /// <summary>Whether it stays because it names snapshots that are kept.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether its writer was killed before the first line: no run ever began.</summary>
    public bool IsEmpty => !_hasLines && Damage.Count == 0 && !WriterLives;

    /// <summary>Artifacts that runs which stay refer to.</summary>
    public HashSet<ArtifactAddress> Artifacts { get; } = [];

    /// <summary>Those of them that list further ones.</summary>
    public HashSet<ArtifactAddress> Directories { get; } = [];

    /// <summary>Whether the code of its runs is kept by this ref alone.</summary>
    public bool Needs(RecordedSnapshot snapshot) =>
        _commits.Contains(snapshot.Commit) && (Snapshots.Contains(snapshot) || !Snapshots.Exists(s => s.Commit == snapshot.Commit));

    /// <summary>Snapshots that were made for its runs.</summary>
    public List<RecordedSnapshot> Snapshots { get; } = [];

    public static JournalContents Read(CleanupScan scan, JournalInfo journal)
    {
        var use = new JournalContents(scan, journal);
        StretchReader.ReadAll(use.Journal, use);
        foreach ((UInt128 id, ArtifactAddress address, bool isDirectory) in use._ofRemoved)
            if (!use._gone.Contains(id) || use._staying.Contains(id)) use.Refer(address, isDirectory);

        return use;
    }

    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset)
    {
        _hasLines = true;
        JournalLine envelope = JournalParser.Parse(line, offset);
        bool isRemoved = scan.Annotations.RemovedIds.Contains(envelope.RunId);
        bool isOfRun = envelope.Kind is JournalKind.RunStart or JournalKind.RunEnd;
        if (isRemoved && isOfRun) (scan.IsGone(envelope.RunId, Name, envelope.Attempt) ? _gone : _staying).Add(envelope.RunId);
        else if (isRemoved && envelope.Kind == JournalKind.Other) _named.Add(envelope.RunId);
        else if (envelope.Kind != JournalKind.SessionStart) _hasOthers = true;
        if (envelope.Kind is JournalKind.RunStart or JournalKind.SessionStart) Code(line);
        if (line.IndexOf("sha256"u8) >= 0) Artifact(line, envelope.RunId, isRemoved);
    }

    void ILineTaker.Damaged(JournalDamage damage)
    {
        if (!damage.Torn) Damage.Add(damage);
    }

    // Every text that looks like an address counts as one: an artifact kept without need costs room, a lost one costs a result.
    private void Artifact(ReadOnlySpan<byte> line, UInt128 id, bool isRemoved)
    {
        bool isDirectory = line.IndexOf("\"directory\""u8) >= 0;
        for (ReadOnlySpan<byte> rest = line; NextHex(ref rest, LengthOfAddress) is { IsEmpty: false } hex;)
        {
            ArtifactAddress address = ArtifactAddress.TryParse(Encoding.ASCII.GetString(hex))!.Value;
            if (isRemoved) _ofRemoved.Add((id, address, isDirectory));
            else Refer(address, isDirectory);
        }
    }

    private void Refer(ArtifactAddress address, bool isDirectory)
    {
        Artifacts.Add(address);
        if (isDirectory) Directories.Add(address);
    }

    private void Code(ReadOnlySpan<byte> line)
    {
        const int Sha1 = 40, Sha256 = 64;
        foreach (int length in (ReadOnlySpan<int>)[Sha1, Sha256])
        {
            for (ReadOnlySpan<byte> rest = line; NextHex(ref rest, length) is { IsEmpty: false } hex;)
            {
                // Nearly all runs of a session name one.
                if (hex.SequenceEqual(_lastCommit)) continue;
                _lastCommit = hex.ToArray();
                _commits.Add(Encoding.ASCII.GetString(hex));
            }
        }

        if (line.IndexOf("\"snapshot\""u8) < 0) return;
        using JsonDocument document = JsonDocument.Parse(line.ToArray());
        JsonElement git = JsonObjects.Member(document.RootElement.GetProperty("value"), "git");
        JsonElement snapshot = JsonObjects.Member(git, "snapshot");
        if (JsonObjects.Text(snapshot, "ref") is { } name && JsonObjects.Text(snapshot, "commit") is { } commit)
            Snapshots.Add(new RecordedSnapshot(name, commit));
    }

    /// <summary>The next quoted text of a number of hexadecimal digits; the rest begins behind its first quotation mark.</summary>
    private static ReadOnlySpan<byte> NextHex(ref ReadOnlySpan<byte> rest, int length)
    {
        for (int at; (at = rest.IndexOf((byte)'"')) >= 0;)
        {
            rest = rest[(at + 1)..];
            if (rest.Length > length && rest[length] == '"' && !rest[..length].ContainsAnyExcept(Hex)) return rest[..length];
        }

        return default;
    }
}

/// <summary>A ref that a session made for uncommitted code. Its values come from a store: nothing is to be run or opened by them.</summary>
/// <param name="Ref">The ref's full name.</param>
/// <param name="Commit">The commit it pointed to.</param>
public sealed record RecordedSnapshot(string Ref, string Commit);
