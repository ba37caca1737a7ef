namespace Assay.Chat;

/// <summary>Where a prompt reads lines and writes. Thread-safe for writing.</summary>
internal abstract class ReplConsole
{
    /// <summary>Whether a person sits there: runs go on in the background, and the prompt stays usable.</summary>
    public abstract bool IsInteractive { get; }

    /// <summary>How many characters fit on a line; null where it does not matter.</summary>
    public abstract int? Width { get; }

    /// <summary>What stands before the cursor; asked for again with every <see cref="Refresh"/>.</summary>
    public Func<string> Prompt { get; set; } = () => "> ";

    /// <summary>The words that may stand at the end of a line that has been typed so far.</summary>
    public Func<string, IReadOnlyList<string>> Complete { get; set; } = _ => [];

    /// <returns>Null at the end.</returns>
    public abstract string? ReadLine();

    /// <summary>Writes whole lines; what is being typed stays below them.</summary>
    public abstract void Write(string lines);

    /// <summary>Shows the prompt as it is now.</summary>
    public virtual void Refresh()
    {
    }

    /// <summary>Empties the screen.</summary>
    public virtual void Clear()
    {
    }

    /// <summary>Drops what has been typed.</summary>
    public virtual void Drop()
    {
    }
}

/// <summary>Lines of a script, which are repeated before what they print.</summary>
internal sealed class ScriptConsole(TextReader input, TextWriter output) : ReplConsole
{
    private readonly Lock _gate = new();

    public override bool IsInteractive => false;

    public override int? Width => null;

    public override string? ReadLine()
    {
        string? line = input.ReadLine();
        if (!string.IsNullOrWhiteSpace(line)) Write($"> {Printable.Line(line)}");
        return line;
    }

    public override void Write(string lines)
    {
        lock (_gate)
        {
            output.Write(lines + "\n");
            output.Flush();
        }
    }
}
