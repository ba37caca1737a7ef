using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Tables.Arrow;

/// <summary>Bytes seen as numbers, where they lie.</summary>
internal sealed class CastMemory<T>(ReadOnlyMemory<byte> bytes) : MemoryManager<T> where T : unmanaged
{
    public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(MemoryMarshal.AsMemory(bytes).Span);

    public override MemoryHandle Pin(int elementIndex = 0) => bytes[(elementIndex * Unsafe.SizeOf<T>())..].Pin();

    public override void Unpin() { }

    protected override void Dispose(bool disposing) { }
}
