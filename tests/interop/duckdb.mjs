// node duckdb.mjs    reads SQL statements as JSON strings, one a line, and answers each with {"seconds", "value"} or {"error"};
//                    the time is that of the statement alone, the value the first of the first row
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { DuckDBInstance } = createRequire(import.meta.url)("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(":memory:")).connect();

for await (const line of createInterface({ input: process.stdin })) {
  const answer = {};
  try {
    const start = process.hrtime.bigint();
    const reader = await connection.runAndReadAll(JSON.parse(line));
    answer.seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const [row] = reader.getRowsJson();
    answer.value = row === undefined || row[0] === null ? null : String(row[0]);
  } catch (fault) {
    answer.error = String(fault);
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
