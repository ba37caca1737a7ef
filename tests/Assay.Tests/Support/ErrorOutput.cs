namespace Assay.Tests;

/// <summary>Tests that read standard error of this process run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ErrorOutput
{
    public const string Name = "standard error";

    /// <summary>What is written to standard error while something runs.</summary>
    public static async Task<string> While(Func<Task> run)
    {
        TextWriter before = Console.Error;
        var text = new StringWriter();
        Console.SetError(TextWriter.Synchronized(text));
        try
        {
            await run();
        }
        finally
        {
            Console.SetError(before);
        }

        return text.ToString();
    }
}
