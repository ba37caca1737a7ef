using System.Text;

namespace Assay;

/// <summary>Computes run ids from the canonical JSON of all that identifies a run. Immutable and thread-safe.</summary>
internal sealed class RunIdentity
{
    private readonly byte[] _before;
    private readonly byte[] _after;

    public RunIdentity(string experiment, string version, string contextFingerprint, string codeFingerprint)
    {
        Context = contextFingerprint;
        Code = codeFingerprint;
        (ContextBytes, CodeBytes) = (Encoding.ASCII.GetBytes(contextFingerprint), Encoding.ASCII.GetBytes(codeFingerprint));
        _before = new JsonBuffer()
            .Raw("{\"code\":"u8).String(codeFingerprint)
            .Raw(",\"context\":"u8).String(contextFingerprint)
            .Raw(",\"experiment\":"u8).String(experiment)
            .Raw(",\"params\":"u8).ToArray();
        _after = new JsonBuffer().Raw(",\"version\":"u8).String(version).Raw((byte)'}').ToArray();
    }

    public string Context { get; }
    public string Code { get; }
    public byte[] ContextBytes { get; }
    public byte[] CodeBytes { get; }

    public UInt128 IdOf(JsonBuffer scratch, ReadOnlySpan<byte> canonicalParams, SeedBundle seed)
    {
        scratch.Clear();
        scratch.Raw(_before).Raw(canonicalParams).Raw(",\"seed\":{\"base\":"u8).Integer(seed.Base);
        if (seed.Point is { } point) scratch.Raw(",\"point\":"u8).String(point);
        scratch.Raw(",\"replicate\":"u8).Integer(seed.Replicate).Raw((byte)'}').Raw(_after);
        return Fingerprint.Of(scratch.Written);
    }
}
