using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay;

/// <summary>
/// Git's index as it stands on disk, versions 2 to 4. It is read here because two of its bits keep git from looking at a file at all, and asking git for them would cost every start
/// a process more.
/// </summary>
internal sealed class IndexFile
{
    private const int HeaderLength = 12;
    private const int StatLength = 40;
    private const int AssumeUnchanged = 0x8000;
    private const int Extended = 0x4000;
    private const int SkipWorktree = 0x4000;

    private readonly byte[] _bytes;
    private readonly int _hash;
    private readonly List<IndexEntry> _entries = [];

    private IndexFile(byte[] bytes, int hash) => (_bytes, _hash) = (bytes, hash);

    /// <summary>All entries in the order of the file.</summary>
    public IReadOnlyList<IndexEntry> Entries => _entries;

    /// <summary>The hash in the name of the file that holds most entries of a split index; null where the index is whole.</summary>
    public string? Base { get; private set; }

    /// <param name="path">The file.</param>
    /// <param name="hashLength">How many bytes the hashes of the repository have.</param>
    /// <returns>Null where there is none, or none of these versions: git will say what it thinks of it.</returns>
    public static IndexFile? Read(string path, int hashLength)
    {
        if (!File.Exists(path)) return null;
        var index = new IndexFile(File.ReadAllBytes(path), hashLength);
        return index.Parse() ? index : null;
    }

    /// <summary>Makes git look at files again.</summary>
    public void Show(IEnumerable<IndexEntry> entries)
    {
        foreach (IndexEntry entry in entries)
        {
            _bytes[entry.FlagsAt] &= 0xFF & ~(AssumeUnchanged >> 8);
            if (entry.IsSkipped) _bytes[entry.FlagsAt + 2] &= 0xFF & ~(SkipWorktree >> 8);
        }
    }

    public void Write(string path)
    {
        // The file ends with the hash of all before.
        int end = _bytes.Length - _hash;
        using IncrementalHash hash = BlobHash.Start(_hash);
        hash.AppendData(_bytes.AsSpan(0, end));
        hash.GetHashAndReset(_bytes.AsSpan(end));
        File.WriteAllBytes(path, _bytes);
    }

    private bool Parse()
    {
        if (_bytes.Length < HeaderLength + _hash || !_bytes.AsSpan().StartsWith("DIRC"u8)) return false;
        uint version = Number(4), count = Number(8);
        if (version is < 2 or > 4) return false;
        int at = HeaderLength, end = _bytes.Length - _hash;
        ReadOnlyMemory<byte> name = default;
        for (uint i = 0; i < count; i++)
        {
            if (!TryEntry(version, end, ref at, ref name)) return false;
        }

        return TryExtensions(at, end);
    }

    private bool TryEntry(uint version, int end, ref int at, ref ReadOnlyMemory<byte> name)
    {
        int start = at, flagsAt = at + StatLength + _hash;
        if (flagsAt + 4 > end) return false;
        int flags = BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(flagsAt));
        bool isExtended = version > 2 && (flags & Extended) != 0;
        at = flagsAt + (isExtended ? 4 : 2);
        // From version 4 on a name shares its beginning with the one before.
        int shared = 0;
        if (version == 4 && (!TryLength(end, ref at, out int dropped) || (shared = name.Length - dropped) < 0)) return false;
        int length = _bytes.AsSpan(at, end - at).IndexOf((byte)0);
        if (length < 0) return false;
        name = shared == 0 ? _bytes.AsMemory(at, length) : (byte[])[.. name.Span[..shared], .. _bytes.AsSpan(at, length)];
        // Names end with a zero; before version 4 with as many as make the entry's length a multiple of eight.
        at = version == 4 ? at + length + 1 : start + ((at + length - start + 8) & ~7);
        int more = isExtended ? BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(flagsAt + 2)) : 0;
        _entries.Add(new IndexEntry(name, (int)Number(start + 24), _bytes.AsMemory(start + StatLength, _hash), _bytes.AsMemory(start, StatLength), flagsAt, (flags >> 12) & 3, (flags & AssumeUnchanged) != 0, (more & SkipWorktree) != 0));
        return at <= end;
    }

    // Seven bits a byte, the highest first; every further byte counts one more.
    private bool TryLength(int end, ref int at, out int length)
    {
        length = -1;
        byte part;
        do
        {
            if (at >= end || length > int.MaxValue >> 8) return false;
            part = _bytes[at++];
            length = ((length + 1) << 7) | (part & 0x7F);
        }
        while ((part & 0x80) != 0);
        return true;
    }

    private bool TryExtensions(int at, int end)
    {
        for (; at < end; at += 8 + (int)Number(at + 4))
        {
            if (at + 8 > end || Number(at + 4) > end - at - 8) return false;
            if (!_bytes.AsSpan(at).StartsWith("link"u8) || Number(at + 4) < _hash) continue;
            ReadOnlySpan<byte> hash = _bytes.AsSpan(at + 8, _hash);
            Base = hash.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(hash) : null;
        }

        return true;
    }

    private uint Number(int at) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(at));
}

/// <summary>A file, link, submodule or folder in git's index.</summary>
/// <param name="Name">Its path, relative to the working tree's root, with slashes.</param>
/// <param name="Mode">Its mode; <see cref="Folder"/> for a whole folder that is not checked out.</param>
/// <param name="Hash">Its object.</param>
/// <param name="Stat">What the file system said of the file when git looked at it.</param>
/// <param name="FlagsAt">Where its flags stand in the file.</param>
/// <param name="Stage">Other than zero while a merge is unresolved.</param>
/// <param name="IsAssumed">Whether git takes it for unchanged without looking.</param>
/// <param name="IsSkipped">Whether git takes it for not checked out.</param>
internal readonly record struct IndexEntry(ReadOnlyMemory<byte> Name, int Mode, ReadOnlyMemory<byte> Hash, ReadOnlyMemory<byte> Stat, int FlagsAt, int Stage, bool IsAssumed, bool IsSkipped)
{
    public const int Folder = 0x4000;

    private const int OwnerExecutes = 0x40;
    private const int TimeAt = 8;
    private const int LengthAt = 36;

    public string Path => Encoding.UTF8.GetString(Name.Span);

    public string HashText => Convert.ToHexStringLower(Hash.Span);

    /// <summary>Whether it is a file, and neither a link nor a submodule.</summary>
    public bool IsFile => Mode >> 12 == 8;

    /// <summary>Whether git keeps it as a program.</summary>
    public bool IsProgram => (Mode & OwnerExecutes) != 0;

    /// <summary>Whether a file has the time and the length it had when git looked at it.</summary>
    public bool IsOfThen(FileInfo file)
    {
        long ticks = file.LastWriteTimeUtc.Ticks - DateTime.UnixEpoch.Ticks;
        uint nanoseconds = Number(TimeAt + 4);
        // Some builds of git keep whole seconds only.
        return Number(TimeAt) == (uint)(ticks / TimeSpan.TicksPerSecond) && (nanoseconds == 0 || nanoseconds / TimeSpan.NanosecondsPerTick == ticks % TimeSpan.TicksPerSecond) && Number(LengthAt) == (uint)file.Length;
    }

    private uint Number(int at) => BinaryPrimitives.ReadUInt32BigEndian(Stat.Span[at..]);
}
