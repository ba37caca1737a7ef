namespace Assay.Tables;

/// <summary>
/// Reads dates and times as ISO 8601 and its common relatives write them: <c>yyyy-MM-dd</c>, then perhaps <c>T</c> or a space and
/// <c>HH:mm[:ss[.fraction]]</c>, then perhaps <c>Z</c>, <c>±HH</c>, <c>±HHmm</c> or <c>±HH:mm</c>. Without a zone it is UTC. Fractions
/// below 100 ns are cut off.
/// </summary>
internal static class Iso8601
{
    public static bool TryParse(ReadOnlySpan<byte> text, bool requireTime, out DateTimeOffset time)
    {
        time = default;
        var reader = new Reader(text);
        if (!reader.Digits(4, out int year) || !reader.Skip('-') || !reader.Digits(2, out int month)) return false;
        if (!reader.Skip('-') || !reader.Digits(2, out int day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;

        long ticks = new DateTime(year, month, day).Ticks;
        TimeSpan offset = TimeSpan.Zero;
        if (reader.AtEnd)
        {
            if (requireTime) return false;
        }
        else if (!reader.TimeOfDay(ref ticks) || !reader.Offset(out offset) || !reader.AtEnd) return false;

        long instant = ticks - offset.Ticks;
        if (instant < DateTime.MinValue.Ticks || instant > DateTime.MaxValue.Ticks || offset.Duration() > TimeSpan.FromHours(14))
            return false;
        time = new DateTimeOffset(ticks, offset);
        return true;
    }

    private ref struct Reader(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _at;

        public readonly bool AtEnd => _at == _text.Length;

        public bool Skip(char expected)
        {
            if (AtEnd || _text[_at] != expected) return false;
            _at++;
            return true;
        }

        public bool Digits(int count, out int value)
        {
            value = 0;
            if (_text.Length - _at < count) return false;
            for (int end = _at + count; _at < end; _at++)
            {
                int digit = _text[_at] - '0';
                if (digit is < 0 or > 9) return false;
                value = value * 10 + digit;
            }

            return true;
        }

        public bool TimeOfDay(ref long ticks)
        {
            if (!Skip('T') && !Skip(' ')) return false;
            if (!Digits(2, out int hour) || !Skip(':') || !Digits(2, out int minute)) return false;
            int second = 0;
            if (Skip(':') && !Digits(2, out second)) return false;
            if (hour > 23 || minute > 59 || second > 59) return false;
            ticks += hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute + second * TimeSpan.TicksPerSecond;
            return !Skip('.') || Fraction(ref ticks);
        }

        public bool Offset(out TimeSpan offset)
        {
            offset = TimeSpan.Zero;
            if (AtEnd || Skip('Z')) return true;
            int sign = Skip('-') ? -1 : Skip('+') ? 1 : 0;
            if (sign == 0 || !Digits(2, out int hours)) return false;
            int minutes = 0;
            bool hasMinutes = Skip(':') || !AtEnd;
            if (hasMinutes && !Digits(2, out minutes)) return false;
            offset = sign * new TimeSpan(hours, minutes, 0);
            return minutes < 60;
        }

        private bool Fraction(ref long ticks)
        {
            int start = _at;
            long unit = TimeSpan.TicksPerSecond;
            for (; !AtEnd && _text[_at] is >= (byte)'0' and <= (byte)'9'; _at++)
            {
                unit /= 10;
                ticks += unit * (_text[_at] - '0');
            }

            return _at > start;
        }
    }
}
