using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests;

[Trait("Category", "Quick")]
public class TableBuilderTests
{
    [Fact]
    public void Late_columns_are_kept_and_earlier_rows_get_null()
    {
        Table table = new TableBuilder().AddRow(new { a = 1 }).AddRow(new { a = 2, late = "x" }).AddRow(new { b = 0.5 }).Build();

        Assert.Equal("a: Int64, late: String, b: Double", Schema(table));
        Assert.Equal("1 2 null", Line(table["a"]));
        Assert.Equal("null 'x' null", Line(table["late"]));
        Assert.Equal("null null 0.5", Line(table["b"]));
    }

    [Theory]
    [InlineData(ColumnType.Int64, "1 2", 1, 2)]
    [InlineData(ColumnType.Double, "1 2.5", 1, 2.5)]
    [InlineData(ColumnType.String, "'1' 'x'", 1, "x")]
    [InlineData(ColumnType.String, "'true' '1'", true, 1)]
    [InlineData(ColumnType.String, "'1' '2.5' 'x'", 1, 2.5, "x")]
    [InlineData(ColumnType.String, "'9007199254740993' '0.5'", 9007199254740993L, 0.5)]
    [InlineData(ColumnType.Double, "9007199254740992 0.5", 9007199254740992L, 0.5)]
    [InlineData(ColumnType.Double, "NaN 1", double.NaN, 1)]
    [InlineData(ColumnType.Boolean, "True null False", true, null, false)]
    [InlineData(ColumnType.String, "null null", null, null)]
    public void Types_widen_only_as_far_as_values_need(ColumnType type, string values, params object?[] cells)
    {
        Column column = Built(cells);

        Assert.Equal(type, column.Type);
        Assert.Equal(values, Line(column));
    }

    [Fact]
    public void Every_number_type_is_taken()
    {
        Assert.Equal(ColumnType.Int64, Built((byte)1, (sbyte)-1, (short)2, (ushort)3, 4u, 5L, 6UL, (nint)7, (Int128)8, (BigInteger)9).Type);
        Assert.Equal("1.5 0.10000000149011612 0.25 0.1", Line(Built(1.5, 0.1f, (Half)0.25, 0.1m)));
        Assert.Equal("'18446744073709551615' '1'", Line(Built(ulong.MaxValue, 1)));
        Assert.Equal("'1.0000000000000000000000000001'", Line(Built(1.0000000000000000000000000001m)));
    }

    [Fact]
    public void Other_scalars_have_a_column_type_of_their_own()
    {
        var id = new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
        Assert.Equal($"'{id}' 'c' 'Friday'", Line(Built(id, 'c', DayOfWeek.Friday)));
        Assert.Equal("2024-05-06T07:08:09.0000000+02:00", Line(Built(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)))));
        Assert.Equal("2024-05-06T07:08:09.0000000+00:00", Line(Built(new DateTime(2024, 5, 6, 7, 8, 9))));
        Assert.Equal("2024-05-06T00:00:00.0000000+00:00", Line(Built(new DateOnly(2024, 5, 6))));
        Assert.Equal("00:00:01.5000000", Line(Built(TimeSpan.FromSeconds(1.5))));
    }

    [Fact]
    public void Nested_values_become_json()
    {
        using var document = JsonDocument.Parse("""{"x": [1, 2], "y": 3, "z": null}""");
        JsonElement root = document.RootElement;

        Column nested = Built(
            root.GetProperty("x"), new JsonObject { ["k"] = "ü" }, new[] { 1.5, double.NaN }, new { Day = DayOfWeek.Monday });
        Assert.Equal(ColumnType.Json, nested.Type);
        Assert.Equal("""[1,2] {"k":"ü"} [1.5,"NaN"] {"Day":"Monday"}""", Line(nested));
        Assert.Equal("3 null", Line(Built(root.GetProperty("y"), root.GetProperty("z"))));
    }

    [Fact]
    public void A_value_that_refers_back_to_itself_is_refused_with_its_path()
    {
        var cycle = new Cycle();
        cycle.Self = cycle;
        string message = Assert.Throws<TableException>(() => Built(cycle, 1)).Message;

        Assert.Contains("Column 'c'", message, StringComparison.Ordinal);
        Assert.Contains("$.Self.Self", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_nested_too_deeply_is_refused_with_its_path()
    {
        var chain = new Cycle();
        for (int i = 0; i < 62; i++) chain = new Cycle { Self = chain };
        Assert.Equal(ColumnType.Json, Built(chain).Type);
        for (int i = 0; i < 5; i++) chain = new Cycle { Self = chain };

        Assert.Contains("$.Self.Self", Assert.Throws<TableException>(() => Built(chain)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_throws_is_named()
    {
        string nested = Assert.Throws<TableException>(() => Built(new { Inner = new Throwing() })).Message;
        string member = Assert.Throws<TableException>(() => Table.From([new Throwing()])).Message;

        Assert.All([nested, member], message => Assert.Contains(
            "'Broken' of Throwing threw InvalidOperationException (no value)", message, StringComparison.Ordinal));
        Assert.Contains("Column 'c'", nested, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_is_refused_leaves_nothing_behind()
    {
        TableBuilder builder = new TableBuilder().AddRow(new { a = 1, b = 2 });
        Assert.Throws<TableException>(() => builder.AddRow(new { a = 3, b = new Throwing() }));
        Table table = builder.AddRow(new { b = 4 }).Build();

        Assert.Equal("1 null", Line(table["a"]));
        Assert.Equal("2 4", Line(table["b"]));
    }

    [Fact]
    public void The_later_value_of_a_name_given_twice_counts()
    {
        Table table = new TableBuilder().AddRow([new("a", 1), new("b", 2), new("a", 3)]).Build();

        Assert.Equal("3", Line(table["a"]));
        Assert.Equal(1, table.RowCount);
    }

    [Fact]
    public void A_builder_grows_on_after_building()
    {
        TableBuilder builder = new TableBuilder().AddRow(new { a = 1 });
        Table first = builder.Build();
        Table second = builder.AddRow(new { a = "x" }).Build();

        Assert.Equal("1", Line(first["a"]));
        Assert.Equal("'1' 'x'", Line(second["a"]));
    }

    [Fact]
    public void Rows_without_columns_count()
    {
        Assert.Equal(2, new TableBuilder().AddRow([]).AddRow(new Dictionary<string, object?>()).Build().RowCount);
    }

    [Fact]
    public void The_outcome_does_not_depend_on_the_order_of_values()
    {
        object?[] pool = [
            null, 1, 9007199254740993L, 2.5, double.NaN, "x", true, TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch, new[] { 1 }];
        var random = new Random(17);
        for (int round = 0; round < 500; round++)
        {
            object?[] cells = Enumerable.Range(0, random.Next(1, 6)).Select(_ => pool[random.Next(pool.Length)]).ToArray();
            Column straight = Built(cells), back = Built(cells.Reverse().ToArray());

            Assert.Equal(straight.Type, back.Type);
            Assert.Equal(Line(straight), string.Join(" ", Line(back).Split(' ').Reverse()));
        }
    }

    private static Column Built(params object?[] cells)
    {
        var builder = new TableBuilder();
        foreach (object? cell in cells) builder.AddRow([new("c", cell)]);
        return builder.Build()["c"];
    }

    private sealed class Cycle
    {
        public Cycle? Self { get; set; }

        public override string ToString() => "cycle";
    }

    private sealed class Throwing
    {
        public int Fine => 1;

        public int Broken => Fine == 1 ? throw new InvalidOperationException("no value") : 2;
    }
}
