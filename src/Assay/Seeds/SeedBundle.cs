using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay;

/// <summary>
/// The seed of one run, from which any number of named sub-seeds are derived. The same bundle and name give the same
/// number in every version and on every platform; the layout and test vectors are in <c>docs/design/0002-seeds.md</c>.
/// Immutable and thread-safe.
/// </summary>
/// <param name="Base">The experiment's base seed. Any value, negative ones too.</param>
/// <param name="Replicate">The replicate, 0 or more; otherwise an <see cref="AssayException"/>.</param>
/// <param name="Point">The fingerprint of the point mixed in, or null when the seeds are common to all points.</param>
public sealed record SeedBundle(long Base, int Replicate, string? Point = null)
{
    private const int StackLimit = 256;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The replicate, 0 or more.</summary>
    public int Replicate { get; init => field = Checked(value); } = Checked(Replicate);

    /// <summary>
    /// The sub-seed of this name: the first eight bytes of a SHA-256, so that different names give unrelated numbers.
    /// </summary>
    /// <param name="name">Any text, compared code point by code point: "Init" and "init" differ.</param>
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

    /// <summary>
    /// A new generator seeded with <see cref="Derive"/> of the name. Every call starts the same stream again, so keep
    /// the generator rather than asking twice.
    /// </summary>
    /// <param name="name">The stream's name; separate purposes (data split, initial weights) deserve separate names.</param>
    public SeededRandom Random(string name = "default") => new(Derive(name));

    private static ReadOnlySpan<byte> Prefix => "assay.seed.1"u8;

    // A missing text is length −1, so that it differs from the empty text.
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
                $"The seed's name or point is not valid Unicode (half a surrogate pair at {e.Index}); use whole characters.", e);
        }
    }

    private static int Checked(int replicate) => replicate >= 0 ? replicate : throw new AssayException(
        $"Replicate {replicate} does not exist; replicates count from 0.");
}
