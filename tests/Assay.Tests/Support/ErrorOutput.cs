namespace Assay.Tests;

/// <summary>Tests that read standard error of this process run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ErrorOutput
{
    public const string Name = "standard error";

    /// <summary>What is written to standard error while something runs.</summary>
    public static async Task<string> While(Func<Task> run)
    {
        (_, string errors) = await While<object?>(async () =>
        {
            await run();
            return null;
        });
        return errors;
    }

    /// <summary>What comes of something, and what is written to standard error meanwhile.</summary>
    public static async Task<(T Result, string Errors)> While<T>(Func<Task<T>> run)
    {
        TextWriter before = Console.Error;
        var text = new StringWriter();
        Console.SetError(TextWriter.Synchronized(text));
        try
        {
            T result = await run();
            return (result, text.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
