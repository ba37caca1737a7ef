using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay;

/// <summary>
/// The seed of one run. Named sub-seeds are derived from it. The same bundle and name give the same sub-seed in every version and on every
/// platform; the layout and test vectors are in <c>docs/design/0002-seeds.md</c>. Immutable and thread-safe.
/// </summary>
/// <param name="Base">The base seed of the experiment. Negative values are allowed.</param>
/// <param name="Replicate">The replicate, 0 or more. A negative number throws an <see cref="AssayException"/>.</param>
/// <param name="Point">The fingerprint of the point if it is mixed in; null if the seeds are common to all points.</param>
public sealed record SeedBundle(long Base, int Replicate, string? Point = null)
{
    private const int StackLimit = 256;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The replicate, 0 or more.</summary>
    public int Replicate { get; init => field = Checked(value); } = Checked(Replicate);

    /// <summary>Derives the sub-seed of a name: the first eight bytes of a SHA-256. Different names give unrelated numbers.</summary>
    /// <param name="name">Any text, compared by code points: "Init" and "init" differ.</param>
    /// <exception cref="AssayException">The name or the point is not valid Unicode.</exception>
    public ulong Derive(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int size = Prefix.Length + 8 + 8 + 4 + Bytes(Point) + 4 + Bytes(name);
        Span<byte> layout = size <= StackLimit ? stackalloc byte[size] : new byte[size];
        Prefix.CopyTo(layout);
        Span<byte> rest = layout[Prefix.Length..];
        BinaryPrimitives.WriteInt64BigEndian(rest, Base);
        BinaryPrimitives.WriteInt64BigEndian(rest[8..], Replicate);
        Write(Write(rest[16..], Point), name);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(layout, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    /// <summary>Creates a generator seeded with <see cref="Derive"/> of the name. Every call starts the same stream again.</summary>
    /// <param name="name">The name of the stream. Use separate names for separate purposes (data split, initial weights).</param>
    public SeededRandom Random(string name = "default") => new(Derive(name));

    private static ReadOnlySpan<byte> Prefix => "assay.seed.1"u8;

    // A missing text has the length −1, so that it differs from the empty text.
    private static Span<byte> Write(Span<byte> target, string? text)
    {
        if (text is null)
        {
            BinaryPrimitives.WriteInt32BigEndian(target, -1);
            return target[4..];
        }
        int length = StrictUtf8.GetBytes(text, target[4..]);
        BinaryPrimitives.WriteInt32BigEndian(target, length);
        return target[(4 + length)..];
    }

    private static int Bytes(string? text)
    {
        try
        {
            return text is null ? 0 : StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new AssayException(
                $"The name or the point of the seed is not valid Unicode (half a surrogate pair at {e.Index}); use whole characters.", e);
        }
    }

    private static int Checked(int replicate) => replicate >= 0 ? replicate : throw new AssayException(
        $"Replicate {replicate} does not exist; replicates are numbered from 0.");
}

/// <summary>The number of replicates and their seeds: replicate <c>r</c> has the bundle <c>(Base, r)</c>. Immutable, thread-safe.</summary>
/// <remarks>
/// By default the seeds do not depend on the point: replicate 3 of two points draws the same numbers (common random numbers), so that a
/// difference between the points is not a difference between their random streams.
/// </remarks>
/// <param name="Base">The seed that all seeds are derived from. Negative values are allowed.</param>
/// <param name="Replicates">The number of runs per point, at least 1. A smaller number throws an <see cref="AssayException"/>.</param>
/// <param name="MixPoint">Whether the seeds depend on the fingerprint of the point, so that points draw different numbers.</param>
public sealed record SeedPlan(long Base, int Replicates, bool MixPoint = false)
{
    /// <summary>The number of runs per point, at least 1.</summary>
    public int Replicates { get; init => field = Checked(value); } = Checked(Replicates);

    /// <summary>Returns the bundle of one replicate of one point.</summary>
    /// <param name="replicate">From 0 to <see cref="Replicates"/> − 1.</param>
    /// <param name="point">The fingerprint of the point. Required and used only if <see cref="MixPoint"/> is true.</param>
    /// <exception cref="ArgumentOutOfRangeException">The replicate is not in the plan.</exception>
    /// <exception cref="AssayException"><see cref="MixPoint"/> is true and the fingerprint is missing.</exception>
    public SeedBundle Bundle(int replicate, string? point = null)
    {
        if ((uint)replicate >= (uint)Replicates)
            throw new ArgumentOutOfRangeException(nameof(replicate), replicate, $"The plan has replicates 0 to {Replicates - 1}.");
        if (!MixPoint) return new SeedBundle(Base, replicate);
        return new SeedBundle(Base, replicate, point ?? throw new AssayException(
            "The seed plan has MixPoint, but no fingerprint of the point was given; pass the fingerprint, or set MixPoint to false."));
    }

    private static int Checked(int replicates) => replicates >= 1 ? replicates : throw new AssayException(
        $"The seed plan has {replicates} replicates, expected at least 1. Leave the number out to run each point once.");
}
