using System.Security.Cryptography;
using System.Text;

namespace Assay.Import;

/// <summary>What a first reading of a file tells of one of its runs.</summary>
internal sealed class ExpragRun(string id, string experiment)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _digest;

    public string Id => id;

    public string Experiment => experiment;

    /// <summary>Where its start stands; null when the file has none.</summary>
    public long? StartLine { get; private set; }

    public byte[]? Start { get; private set; }

    /// <summary>Where its last record stands.</summary>
    public long LastLine { get; private set; }

    /// <summary>When it began, as far as its records tell.</summary>
    public DateTimeOffset FirstAt { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset LastAt { get; private set; }

    public TimeSpan LastElapsed { get; private set; }

    /// <summary>The same 128 bits where it is a UUID, as exprag's are.</summary>
    public UInt128 RunId => Fingerprint.TryParse(id.Replace("-", "", StringComparison.Ordinal), out UInt128 uuid) ? uuid : Fingerprint.Of(Encoding.UTF8.GetBytes("exprag\n" + id));

    public string Digest => _digest ??= Convert.ToHexStringLower(_hash.GetHashAndReset())[..32];

    public void Add(ExpragRecord record, ReadOnlySpan<byte> line, long number)
    {
        _hash.AppendData(line);
        _hash.AppendData("\n"u8);
        LastLine = number;
        if (record.CreatedAt - record.Elapsed < FirstAt) FirstAt = record.CreatedAt - record.Elapsed;
        if (record.CreatedAt >= LastAt) LastAt = record.CreatedAt;
        if (record.Elapsed > LastElapsed) LastElapsed = record.Elapsed;
        if (record.Kind != ExpragRecord.Start || Start is not null) return;
        (StartLine, Start) = (number, line.ToArray());
    }
}
