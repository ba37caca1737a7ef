namespace Assay.Cli.Tests.Commands;

[Trait("Category", "Quick")]
public sealed class SkillTests
{
    private static readonly string Skill = Tool.Run("skill").Out;

    [Fact]
    public void The_skill_is_what_was_approved() => Approved.Matches("skill", Skill);

    [Fact]
    public void The_skill_tells_of_every_command_in_its_own_words() => Assert.All(AssayTool.Commands([]), command =>
    {
        Assert.Contains($"### `assay {command.Definition.Name}`\n\n{command.Definition.Description}.\n", Skill, StringComparison.Ordinal);
        Assert.All(command.Text.Examples, example => Assert.Contains($"\n{example}\n", Skill, StringComparison.Ordinal));
    });

    [Fact]
    public void The_skill_has_the_front_matter_that_agents_look_for()
    {
        string[] lines = Skill.Split('\n');
        Assert.Equal(("---", "name: assay", "---"), (lines[0], lines[1], lines[3]));
        // Longer descriptions are cut by agents, and a colon in one would end the value.
        Assert.StartsWith("description: ", lines[2]);
        Assert.InRange(lines[2].Length, 50, 1024);
        Assert.DoesNotContain(": ", lines[2]["description: ".Length..], StringComparison.Ordinal);
    }

    [Fact]
    public void The_skill_is_written_where_no_folder_is_yet_and_over_an_earlier_one()
    {
        using var folder = new TempFolder();
        string path = folder.File(".agents", "skills", "assay", "SKILL.md");
        Assert.Equal(new ToolResult(0, path + "\n", ""), Tool.Run("skill", "--write", path));
        Assert.Equal(Skill, File.ReadAllText(path));
        File.WriteAllText(path, SkillText.Beginning + "old");
        Assert.Equal(0, Tool.Run("skill", "--write", path, "--json").Exit);
        Assert.Equal(Skill, File.ReadAllText(path));
    }

    [Fact]
    public void Another_file_is_never_replaced_by_the_skill()
    {
        using var folder = new TempFolder();
        string path = folder.File("SKILL.md");
        File.WriteAllText(path, "mine");
        ToolResult result = Tool.Run("skill", "--write", path);
        Assert.Equal((2, "mine"), (result.Exit, File.ReadAllText(path)));
        Assert.Contains("is another file", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, Tool.Run("skill", "--write", Path.Combine(path, "below", "SKILL.md")).Exit);
    }
}
