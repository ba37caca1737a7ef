namespace Assay.Tests;

/// <summary>A small program with every kind of code that an operation may reach. Tests edit one place and compare fingerprints.</summary>
internal static class LabProgram
{
    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Program
        {
            // above the operation
            public static Func<Train, int> Operation()
            {
                int offset = 3;
                Func<int> neighbour = () => offset * 2;
                return (p) =>
                {
                    int Local(int x) => x + 11;
                    int total = offset + Local(p.Hidden) + Helper.First(p.Hidden);
                    total += new[] { 4, 2, 9 }.Select(x => x * 13).Sum();
                    return total + Features.All();
                };
            }

            public static int Unrelated(int x) => new[] { x }.Select(y => y + 1).Sum();
        }

        public record Train(int Hidden)
        {
            public int Doubled { get; } = Hidden * 2;
            public Inner Nested { get; init; } = new();
        }

        public record Inner { public int Depth { get; set { field = value + 21; } } }

        public static class Helper
        {
            public static int First(int x) => Second(x) + 1;
            private static int Second(int x) => x * 5;
            private static int NeverCalled(int x) => x * 6;
            private static int NeverCalledEither(int x) => new Func<int, int>(y => y + x)(1);
        }

        public static class Features
        {
            public static int All()
            {
                int total = Settings.Table[2] + Constants.Weight + (int)Mood.Good;
                total += AsyncCode.Run(2).Result + Iterator.Numbers().Sum() + Text(1).Length + Arm(2);
                Shape shape = new Circle(2);
                total += shape.Area() + Box<int>.Make(7) + Box<string>.Make("a");
                total += new List<int> { 3, 1 }.Order(new Backwards()).First();
                total += ((IGreets)new Quiet()).Greet() + Parse<Token>("x").Length + Events.Raise();
                var anonymous = new { A = total, B = "b" };
                ReadOnlySpan<byte> literal = "bytes"u8;
                total += anonymous.A + literal[0] + new Account(4).Balance + Try(1) + new Point(1, 2).GetHashCode();
                Func<int, int> group = MethodGroup;
                total += group(1) + LazyThing.Value.Value + typeof(Attributed).Name.Length + Hidden.Value + Long(3);
                dynamic late = total;
                return total + (int)late + Enum.Parse<Mood>("Good").ToString().Length;
            }

            private static int MethodGroup(int x) => x + 17;
            private static string Text(int x) => $"value {x} of";
            private static int Arm(int x) => x switch { 1 => 10, 2 => 20, _ => throw new ArgumentException("none") };
            private static int Long(int x) => x switch { 1 => 1, 2 => 3, 3 => 5, 4 => 8, 5 => 13, 6 => 22 };
            private static string Parse<T>(string text) where T : IReads<T> => T.Read(text);

            private static int Try(int x)
            {
                try { return x / 1; }
                catch (DivideByZeroException) { return 0; }
                finally { Console.Out.Flush(); }
            }
        }

        public static class Settings
        {
            public static readonly int[] Table = { 1, 2, 3, 5, 8, 13 };
            public static readonly Func<int, int> Rule = x => x + 31;
        }

        public static class Constants { public const int Weight = 41; }
        public enum Mood { Bad, Good, Great }

        public static class AsyncCode
        {
            public static async Task<int> Run(int x) { await Task.Yield(); return x + 51; }
        }

        public static class Iterator
        {
            public static IEnumerable<int> Numbers() { yield return 61; yield return 2; }
        }

        public abstract class Shape { public abstract int Area(); public virtual int Corners() => 4; }
        public class Circle(int radius) : Shape { public override int Area() => radius * 71; public int NotVirtual() => 72; }
        public class Square : Shape { public override int Area() => 73; }

        public static class Box<T>
        {
            private static readonly string Label = "label";
            public static int Make(T value) => Label.Length + new List<T> { value }.Count;
        }

        public sealed class Backwards : IComparer<int> { int IComparer<int>.Compare(int x, int y) => y.CompareTo(x) * 81; }
        public interface IGreets { int Greet() => 82; }
        public sealed class Quiet : IGreets;
        public interface IReads<T> { static abstract string Read(string text); }
        public sealed class Token : IReads<Token> { public static string Read(string text) => text + "83"; }

        public static class Events
        {
            public static event Action Changed { add { Count += 84; } remove { } }
            public static int Count;
            public static int Raise() { Changed += () => { }; return Count; }
        }

        public sealed class Account
        {
            private readonly int _start = 91;
            public Account(int extra) => _start += extra;
            public int Balance => _start * 92;
        }

        public struct Point(int x, int y) { public int X = x; public int Y = y; }
        public static class LazyThing { public static readonly Lazy<int> Value = new(() => 93); }
        [Obsolete("old")] public sealed class Attributed;
        file static class Hidden { public static int Value => 94; }
        public sealed class Elsewhere { public int Value = 95; public override string ToString() => "elsewhere"; }
        """;
}
