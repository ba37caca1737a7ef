using System.Text;
using Assay.Cli.Mcp;

namespace Assay.Cli.Tests.Mcp;

[Trait("Category", "Quick")]
public sealed class LineReaderTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public async Task Lines_are_as_they_were_sent_however_they_are_dealt_out(ulong seed)
    {
        const int Longest = 40_000;
        var random = new SeededRandom(seed);
        string[] lines = [
            .. Enumerable.Range(0, 200).Select(
                i => new string((char)('a' + i % 26), random.Next(10) == 0 ? random.Next(150_000) : random.Next(200)))];
        var reader = new LineReader(new Trickle(Encoding.UTF8.GetBytes(string.Join('\n', lines)), random), Longest);
        foreach (string line in lines)
        {
            ByteLine read = (await reader.NextAsync(CancellationToken.None))!.Value;
            Assert.Equal((line.Length, line.Length <= Longest), ((int)read.Length, read.IsWhole));
            string text = Encoding.UTF8.GetString(read.Bytes.Span);
            if (read.IsWhole) Assert.Equal(line, text);
            else Assert.Equal(line[..4096], text);
        }

        Assert.Null(await reader.NextAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"x","params":{"id":8""", "7")]
    [InlineData("""{"id":"seven","params":[[[""", "\"seven\"")]
    [InlineData("""{"params":{"id":8},"id":9,""", "9")]
    [InlineData("""{"params":{"id":8,"text":"aaa""", null)]
    [InlineData("""{"id":[1],"method":"x"}""", null)]
    [InlineData("""[{"id":1}]""", null)]
    [InlineData("ruin", null)]
    public void The_id_of_a_broken_request_is_found_where_it_precedes_the_fault(string message, string? id) =>
        Assert.Equal(id, RequestIds.Recover(Encoding.UTF8.GetBytes(message)));

    private sealed class Trickle(byte[] content, SeededRandom random) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 30_000))], cancellationToken);
    }
}
