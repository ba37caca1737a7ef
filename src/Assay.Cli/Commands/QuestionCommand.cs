using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

namespace Assay.Cli;

/// <summary>The command of a question: its declaration as options and arguments, and its answer as JSON or text.</summary>
internal sealed class QuestionCommand : ToolCommand
{
    private readonly Question _question;
    private readonly List<(Parameter Parameter, Symbol Symbol)> _symbols = [];

    public QuestionCommand(Question question, bool isCalled) : base(question.Command!)
    {
        _question = question;
        if (!isCalled) return;
        foreach (Parameter parameter in question.ParametersOn(Surfaces.Shell))
        {
            Symbol symbol = parameter.IsPositional ? ArgumentOf(parameter) : parameter.IsFlag ? FlagOf(parameter) : OptionOf(parameter);
            _symbols.Add((parameter, symbol));
            if (symbol is Argument argument) Definition.Add(argument);
            else Definition.Add((Option)symbol);
        }

        AddCommonOptions();
    }

    protected override int Run(Invocation call)
    {
        using var interrupt = new Interrupt(_question.EndsOnInterrupt);
        QuestionCall asked = Call(call, interrupt.Token);
        Page page = call.Console.Page();
        if (_question.Follow(asked) is { } answers)
        {
            Write(answers, call, page);
            return ExitCodes.Success;
        }

        Answer answer = _question.Ask(asked);
        if (call.Json) call.Console.Out.Write(_question.ToJson(answer) + "\n");
        else _question.WriteText(answer, page);
        WarnOfDamage(answer, call);
        foreach (string warning in answer.Warnings) call.Console.Complain(warning);
        return answer.IsNegative ? ExitCodes.Negative : ExitCodes.Success;
    }

    // Each is a line of its own and flushed, so that a reader of a pipe gets it at once.
    private void Write(IEnumerable<Answer> answers, Invocation call, Page page)
    {
        bool isFirst = true;
        foreach (Answer answer in answers)
        {
            if (isFirst) WarnOfDamage(answer, call);
            isFirst = false;
            if (call.Json) call.Console.Out.WriteLine(_question.ToJson(answer, indented: false));
            else _question.WriteText(answer, page);
            call.Console.Out.Flush();
        }
    }

    private static void WarnOfDamage(Answer answer, Invocation call)
    {
        if (answer.Damaged > 0)
            call.Console.Complain($"warning: {answer.Damaged} damaged {(answer.Damaged == 1 ? "line was" : "lines were")} skipped; "
                + "'assay doctor' says which.");
    }

    private QuestionCall Call(Invocation call, CancellationToken cancellation)
    {
        ToolConsole console = call.Console;
        return new QuestionCall(Words(call.Arguments))
        {
            Open = () => Store.Open(call.StorePath, console.Clock),
            StorePath = call.StorePath,
            Clock = console.Clock,
            Folder = console.Folder,
            Cache = console.Cache,
            IsJson = call.Json,
            Output = console.Bytes,
            Confirm = console.Confirm is not { } confirm ? null : (question, show) =>
            {
                show(console.Page());
                return confirm(question);
            },
            Notice = console.Complain,
            Progress = console.IsTerminal ? line => console.Error.WriteLine(Printable.Line(line)) : _ => { },
            Cancellation = cancellation,
        };
    }

    private Dictionary<Parameter, IReadOnlyList<string>> Words(ParseResult parsed)
    {
        var words = new Dictionary<Parameter, IReadOnlyList<string>>();
        foreach ((Parameter parameter, Symbol symbol) in _symbols)
        {
            IReadOnlyList<Token> given = Tokens(parsed, symbol) ?? [];
            if (symbol is Option<bool> flag ? parsed.GetValue(flag) : given.Count > 0) words[parameter] = [.. given.Select(t => t.Value)];
        }

        DoubleDash.Deal(parsed, words, [.. _symbols.Select(s => s.Parameter).Where(p => p.IsPositional)]);
        return words;
    }

    private static IReadOnlyList<Token>? Tokens(ParseResult parsed, Symbol symbol) =>
        symbol is Argument argument ? parsed.GetResult(argument)?.Tokens : parsed.GetResult((Option)symbol)?.Tokens;

    private static Option<bool> FlagOf(Parameter parameter) =>
        new(parameter.ShellName, Aliases(parameter)) { Description = parameter.Description };

    private static Option OptionOf(Parameter parameter)
    {
        Option option = parameter.Words.Most > 1
            ? new Option<string[]>(parameter.ShellName, Aliases(parameter))
            : new Option<string?>(parameter.ShellName, Aliases(parameter))
            { DefaultValueFactory = parameter.ShownDefault is { } shown ? _ => shown : null };
        option.Description = parameter.Description;
        option.HelpName = parameter.Placeholder;
        option.Validators.Add(result =>
        {
            if (!result.Implicit && parameter.FaultOf([.. result.Tokens.Select(t => t.Value)]) is { } fault) result.AddError(fault);
        });
        return option;
    }

    private static Argument ArgumentOf(Parameter parameter)
    {
        (int least, int most) = parameter.Words;
        Argument argument = most > 1 ? new Argument<string[]>(parameter.ShellName) : new Argument<string>(parameter.ShellName);
        argument.Description = parameter.Description;
        argument.Arity = new ArgumentArity(least, most);
        return argument;
    }

    private static string[] Aliases(Parameter parameter) => parameter.Alias is { } alias ? [alias] : [];

    /// <summary>Turns the signals that end a process into a cancellation.</summary>
    private sealed class Interrupt : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly PosixSignalRegistration[] _registrations;

        public Interrupt(bool isWanted) =>
            _registrations = isWanted ? [
                PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)] : [];

        public CancellationToken Token => _stop.Token;

        public void Dispose()
        {
            foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
            _stop.Dispose();
        }

        private void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            _stop.Cancel();
        }
    }
}

/// <summary>The words behind <c>--</c>, which the parser deals out like those before it.</summary>
internal static class DoubleDash
{
    /// <summary>How many of the last words stand behind it.</summary>
    public static int Count(ParseResult parsed)
    {
        int at = parsed.Tokens.Select(t => t.Type).ToList().IndexOf(TokenType.DoubleDash);
        return at < 0 ? 0 : parsed.Tokens.Count - at - 1;
    }

    /// <summary>Deals the words of positional parameters out anew, where one of them takes those behind the dashes.</summary>
    /// <exception cref="AssayException">Words in front of the dashes are left over.</exception>
    public static void Deal(ParseResult parsed, Dictionary<Parameter, IReadOnlyList<string>> words, IReadOnlyList<Parameter> positional)
    {
        if (positional is not [var first, { IsBehindDashes: true } second]) return;
        string[] all = [.. positional.SelectMany(p => words.GetValueOrDefault(p) ?? [])];
        int behind = Count(parsed);
        if (first.Words.Most == 1 && all.Length - behind != 1)
        {
            string given = string.Join(' ', all[..^behind]);
            throw new AssayException($"'{given}' is no single {first.Name}; expected one. Put the {second.Name} behind --.");
        }

        words[first] = all[..^behind];
        words[second] = all[^behind..];
    }
}
