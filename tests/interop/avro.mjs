// node avro.mjs summary PATH        prints {"rows": n, "columns": [{"name", "type", "nulls", "sum", "first", "last"}]} as polars sees the file
// node avro.mjs nested CODEC PATH   polars writes lists, structs, dates and nothing but nulls
// node avro.mjs million PATH        polars writes a million rows
import { createRequire } from "node:module";

const pl = createRequire(import.meta.url)("nodejs-polars");
const [, , action, ...rest] = process.argv;

function summary(path) {
  const frame = pl.readAvro(path);
  const cell = (series, i) => (series.len() === 0 || series.get(i) === null ? null : String(series.get(i)));
  const column = (name) => {
    const series = frame.getColumn(name);
    const isNumber = series.isNumeric();
    return { name, type: String(series.dtype), nulls: series.nullCount(), sum: isNumber ? String(series.sum()) : null, first: cell(series, 0), last: cell(series, series.len() - 1) };
  };
  process.stdout.write(JSON.stringify({ rows: frame.height, columns: frame.columns.map(column) }));
}

function nested(compression, path) {
  pl.DataFrame({
    list: [[1.5, null], [], null],
    pair: [{ x: 1, y: "b" }, { x: 2, y: null }, { x: 3, y: "日本" }],
    day: pl.Series("day", [0, 1, 19723], pl.Date),
    small: pl.Series("small", [0.5, NaN, null], pl.Float32),
    none: pl.Series("none", [null, null, null]),
    none_text: pl.Series("none_text", [null, null, null], pl.Utf8),
  }).writeAvro(path, { compression });
}

function million(path) {
  const count = [...Array(1_000_000).keys()];
  pl.DataFrame({
    index: pl.Series("index", count, pl.Int64),
    half: pl.Series("half", count.map((i) => (i % 10 === 0 ? null : i / 2)), pl.Float64),
    text: pl.Series("text", count.map((i) => `row ${i}`), pl.Utf8),
  }).writeAvro(path, { compression: "deflate" });
}

({ summary, nested, million })[action](...rest);
