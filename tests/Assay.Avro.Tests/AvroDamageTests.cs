using static Assay.Avro.Tests.AvroBytes;

namespace Assay.Avro.Tests;

/// <summary>Files that were cut, damaged, or made to do harm.</summary>
public class AvroDamageTests
{
    [Theory]
    [InlineData("", "does not begin with Obj")]
    [InlineData("PAR1xxxxxxxxPAR1", "does not begin with Obj")]
    public void Foreign_content_is_refused(string content, string fault) => Refused(System.Text.Encoding.UTF8.GetBytes(content), fault);

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused_with_its_place()
    {
        byte[] whole = File("\"string\"", (1, Text("abc")), (1, Text("def")));
        int[] ends = [whole.Length, whole.Length - 22, whole.Length - 44];
        for (int length = 0; length < whole.Length; length++)
            if (!ends.Contains(length)) Refused(whole[..length], "");
        Assert.Equal([2, 1, 0], ends.Select(length => Read(whole[..length]).RowCount));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\"lung\"")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"type\":\"record\",\"name\":\"r\"}")]
    [InlineData("{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":1,\"type\":\"int\"}]}")]
    [InlineData("{\"type\":\"record\",\"name\":\"r\",\"fields\":[3]}")]
    [InlineData("{\"type\":\"fixed\",\"name\":\"f\",\"size\":-1}")]
    [InlineData("{\"type\":\"enum\",\"name\":\"\\ud800\",\"symbols\":[\"\\ud800\"]}")]
    public void A_faulty_schema_is_refused(string schema) => Refused(File(schema), "the header cannot be read");

    [Theory]
    [InlineData("\"long\"", 1, "8080808080808080808080", "the block cannot be read")]
    [InlineData("\"int\"", 1, "8080808010", "no whole number of 32 bits")]
    [InlineData("\"boolean\"", 1, "02", "Not a boolean")]
    [InlineData("\"string\"", 1, "7f", "are left")]
    [InlineData("\"string\"", 1, "02ff", "not UTF-8")]
    [InlineData("\"string\"", 1, "01", "-1 bytes")]
    [InlineData("[\"null\",\"int\"]", 1, "04", "branch 2 of a union of 2")]
    [InlineData("{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"a\"]}", 1, "02", "number 1 of an enum of 1")]
    [InlineData("\"long\"", 1, "0202", "1 bytes are left after the last row")]
    [InlineData("\"long\"", -1, "02", "announces -1 rows")]
    [InlineData("\"long\"", long.MaxValue, "02", "announces 9223372036854775807 rows")]
    public void A_faulty_value_is_refused(string schema, long rows, string content, string fault) =>
        Refused(File(schema, (rows, Convert.FromHexString(content))), fault);

    [Theory]
    [InlineData("\"null\"", int.MaxValue, "", "take no space")]
    [InlineData("{\"type\":\"array\",\"items\":\"null\"}", 1, "feffffffffffffffff01", "take no space")]
    [InlineData("{\"type\":\"array\",\"items\":\"null\"}", 1, "ffffffffffffffffff0100", "take no space")]
    public void Values_without_a_byte_are_not_believed_in_any_number(string schema, long rows, string content, string fault) =>
        Refused(File(schema, (rows, Convert.FromHexString(content))), fault);

    [Fact]
    public void A_type_that_holds_itself_without_end_is_refused() =>
        Refused(
            File("""
                {"type":"record","name":"r","fields":[
                {"name":"a","type":{"type":"record","name":"s","fields":[{"name":"b","type":"s"}]}}]}
                """, (1, [])), "nested more than");

    [Fact]
    public void A_block_of_another_file_is_noticed()
    {
        byte[] file = File("\"long\"", (1, [2]));
        file[^1] ^= 1;
        Refused(file, "marker");
    }

    [Fact]
    public void A_fault_in_packed_content_names_its_block()
    {
        byte[] file = File("\"long\"", "deflate", (1, Deflate([2])), (1, Deflate([2, 2])));
        var fault = Assert.Throws<TableException>(() => Read(file));
        Assert.Equal(File("\"long\"", "deflate", (1, Deflate([2]))).Length, fault.ByteOffset);
        Refused(File("\"long\"", "deflate", (1, [0xFF, 0xFF])), "the block cannot be read");
    }

    private static void Refused(byte[] file, string fault)
    {
        var thrown = Assert.Throws<TableException>(() => Read(file));
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
        Assert.NotNull(thrown.ByteOffset);
    }
}
