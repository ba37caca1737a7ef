using System.CommandLine;
using System.Text;

namespace Assay.Cli;

/// <summary><c>assay skill</c></summary>
internal sealed class SkillCommand : ToolCommand
{
    private readonly Option<string?> _write = new("--write")
    { Description = "Write it there, such as .claude/skills/assay/SKILL.md; folders are created", HelpName = "FILE" };

    public SkillCommand() : base(new CommandText(
        "skill", "Print the guide for coding agents, a SKILL.md made from the commands themselves",
        "assay skill", "assay skill --write .claude/skills/assay/SKILL.md", "assay skill --write .agents/skills/assay/SKILL.md"))
    {
        Definition.Add(_write);
        AddCommonOptions(store: false);
    }

    protected override int Run(Invocation call)
    {
        string skill = SkillText.Render(AssayTool.Commands([]));
        string? path = call.Arguments.GetValue(_write) is { } file ? Path.GetFullPath(file) : null;
        if (path is not null) Write(path, skill);
        string text = path is null ? skill : path + "\n";
        call.Console.Out.Write(call.Json ? JsonText.Of(new SkillReport(path, path is null ? skill : null), ToolJson.ForAnswers) : text);
        return ExitCodes.Success;
    }

    private static void Write(string path, string skill)
    {
        try
        {
            string before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
            if (before.Length > 0 && !before.StartsWith(SkillText.Beginning, StringComparison.Ordinal))
                throw new AssayException($"'{path}' is another file, not a skill that assay wrote; expected a free name or an earlier "
                    + "skill of assay. Move it away, or choose another name.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(skill));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AssayException($"the skill cannot be written to '{path}': {fault.Message} Choose another place.", fault);
        }
    }
}

/// <summary>The guide, or where it was written.</summary>
internal sealed record SkillReport(string? Path, string? Content) : Report;
