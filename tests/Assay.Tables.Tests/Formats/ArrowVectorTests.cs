using System.Globalization;
using System.Text;
using Assay.Tables.Arrow;

namespace Assay.Tables.Tests.Formats;

/// <summary>Bytes put together by hand from the format's description.</summary>
public class ArrowVectorTests
{
    /// <summary>As programs wrote streams before version 0.15: no continuation mark, metadata version 4, an end mark of four zeros.</summary>
    [Fact]
    public void A_stream_of_hand_made_bytes_is_read()
    {
        byte[] stream = Bytes("""
            78000000                  size of the metadata
            10000000                  the message lies at 16
            0A00 0C00 0800 0A00 0400 0000   its vtable: version at 8, kind at 10, header at 4; no body
            0C000000 10000000         the vtable lies 12 before; header at 20 + 16
            0300 01 00                version 4, schema
            0800 0800 0000 0400       vtable: no endianness, fields at 4
            08000000 04000000         schema
            01000000 14000000         one field, at 48 + 20
            1000 1400 0400 1000 1100 0800 0000 0C00   vtable: name, nullable, kind, type, no dictionary, children
            10000000 10000000 1C000000 24000000 01 02 0000   field: nullable, Int
            01000000 61 00 00 00      "a"
            0800 0C00 0400 0800       vtable: width, sign
            08000000 20000000 01 000000   32 bits, signed
            00000000                  no children

            80000000                  size of the metadata
            10000000                  the message lies at 16
            0C00 1400 1000 1200 0400 0800   vtable: version at 16, kind at 18, header at 4, size of the body at 8
            0C000000 1C000000         header at 20 + 28
            1000000000000000          a body of 16 bytes
            0300 03 00                version 4, batch
            0A00 1400 0800 0400 1000 0000   vtable: length at 8, nodes at 4, buffers at 16
            0C000000 10000000         nodes at 52 + 16
            0200000000000000          2 rows
            1C000000                  buffers at 64 + 28
            01000000                  one node
            0200000000000000 0100000000000000   2 values, 1 null
            00000000                  padding
            02000000                  two buffers
            0000000000000000 0100000000000000   the bitmap: 1 byte at 0
            0800000000000000 0800000000000000   the values: 8 bytes at 8
            01 00000000000000         the first one is not null
            07000000 FFFFFFFF         7, and anything
            00000000                  the end
            """);

        Table table = Table.Read(new MemoryStream(stream), TableFormat.IpcStream);

        Assert.Equal("a: Int64", TableAssert.Schema(table));
        Assert.Equal("7 null", TableAssert.Line(table["a"]));
    }

    [Fact]
    public void A_written_batch_has_exactly_these_bytes()
    {
        using var stream = new MemoryStream();
        Table.FromColumns(Column.Of("x", new long?[] { 1, null, 3 })).Write(stream, TableFormat.IpcStream);

        byte[] expected = Bytes($"""
            FFFFFFFF B8000000         continuation; 184 bytes of metadata, up to a multiple of 64
            10000000                  the message lies at 16
            0C00 1700 1400 1600 1000 0800   vtable: version at 20, kind at 22, header at 16, size of the body at 8
            0C000000 00000000         padding up to the number of 64 bits
            8000000000000000          a body of 128 bytes
            18000000                  header at 32 + 24
            0400 03                   version 5, batch
            00000000000000            padding, so that the next table begins at a multiple of 8
            0A00 1800 0800 1000 1400   vtable: length at 8, nodes at 16, buffers at 20
            0A000000 00000000
            0300000000000000          3 rows
            0C000000 20000000         nodes at 72 + 12, buffers at 76 + 32
            00000000 01000000         one node
            0300000000000000 0100000000000000   3 values, 1 null
            00000000 02000000         two buffers
            0000000000000000 0800000000000000   8 bytes at 0
            4000000000000000 1800000000000000   24 bytes at 64
            {Zeros(40)}
            0500000000000000 {Zeros(56)}   the bitmap: first and third
            0100000000000000 0000000000000000 0300000000000000 {Zeros(40)}   the values, 0 under the null
            FFFFFFFF 00000000         the end
            """);
        byte[] written = stream.ToArray();
        const int SchemaEnd = 256;

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(written.AsSpan(SchemaEnd)));
    }

    [Fact]
    public void Lz4_frames_are_unpacked()
    {
        byte[] frame = Bytes("""
            04224D18                  magic
            60 40 82                  version 1, blocks of their own, 64 KB; checksum of the header
            0B000000                  a block of 11 bytes
            3F 616263 0300            3 literals, then a copy from 3 before, of 15 + 4 + …
            02                        … 2 = 21 bytes: "abc" 8 times
            30 787978                 the last sequence: 3 literals
            05000080                  a plain block of 5 bytes
            6162636465
            00000000                  the end
            """);

        Assert.Equal(string.Concat(Enumerable.Repeat("abc", 8)) + "xyxabcde", Encoding.ASCII.GetString(Lz4Frame.Unpack(new ArrowBuffer(frame, 0), 32)));
        Assert.Contains("unpacks to 32 bytes, not 33", Assert.Throws<TableException>(() => Lz4Frame.Unpack(new ArrowBuffer(frame, 0), 33)).Message, StringComparison.Ordinal);
        Assert.Contains("more than announced", Assert.Throws<TableException>(() => Lz4Frame.Unpack(new ArrowBuffer(frame, 0), 31)).Message, StringComparison.Ordinal);
        Assert.Throws<TableException>(() => Lz4Frame.Unpack(new ArrowBuffer(frame, 0), long.MaxValue));
        Assert.Equal(13, Assert.Throws<TableException>(() => Lz4Frame.Unpack(new ArrowBuffer(frame.AsMemory(0, 15), 2), 32)).ByteOffset);
    }

    private static string Zeros(int count) => new('0', 2 * count);

    /// <summary>Hex digits in groups, line by line; what follows three spaces is said about them.</summary>
    private static byte[] Bytes(string text) => [.. text.Split('\n')
        .Select(line => line.TrimEnd('\r').Split("   ")[0].Replace(" ", "", StringComparison.Ordinal))
        .SelectMany(digits => digits.Chunk(2).Select(pair => byte.Parse(pair, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];
}
