namespace Assay.Cli.Tests;

/// <summary>
/// Flips bits and cuts files at many places: whatever is damaged, every command still answers and nothing is called healthy that is not.
/// </summary>
public sealed class BitFlipTests
{
    private static readonly string[][] Commands = [
        ["experiments"], ["ls"], ["ls", "iris"], ["show", "latest"], ["why", "latest"], ["doctor"]];

    [Fact]
    public void No_flipped_bit_in_a_journal_stops_a_command()
    {
        using StoreFixture store = SampleStore.Make();
        string journal = store.Journal("20260102-030405-iris-0001").Path;
        byte[] sound = File.ReadAllBytes(journal);
        for (int at = 0; at < sound.Length; at += 23)
        {
            byte[] damaged = [.. sound];
            damaged[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(journal, damaged);
            foreach (string[] command in Commands) AssertAnswers(store.Run(command), at);
        }
    }

    [Fact]
    public void No_cut_of_a_journal_stops_a_command_and_none_is_called_damage_of_a_line()
    {
        using StoreFixture store = SampleStore.Make();
        string journal = store.Journal("20260102-030405-iris-0001").Path;
        byte[] sound = File.ReadAllBytes(journal);
        for (int length = 0; length < sound.Length; length += 97)
        {
            File.WriteAllBytes(journal, sound[..length]);
            foreach (string[] command in Commands) AssertAnswers(store.Run(command), length);
            Assert.DoesNotContain("damaged_line", store.Run("doctor").Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_flipped_bit_of_an_artifact_is_found()
    {
        using StoreFixture store = SampleStore.Make();
        string blob = store.BlobPath(SampleStore.Model);
        byte[] sound = File.ReadAllBytes(blob);
        for (int bit = 0; bit < sound.Length * 8; bit++)
        {
            byte[] damaged = [.. sound];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(blob, damaged);
            ToolResult result = store.Run("doctor");
            Assert.Equal(1, result.Exit);
            Assert.Contains("problem: damaged_artifact", result.Out, StringComparison.Ordinal);
        }
    }

    private static void AssertAnswers(ToolResult result, int at) =>
        Assert.True(result.Exit is ExitCodes.Success or ExitCodes.Negative, $"byte {at}: {result}");
}
