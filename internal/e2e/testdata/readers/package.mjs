// Reads the open data by its own description: checks datapackage.json against the profile of Frictionless, and each table against its schema;
// loads all tables into SQLite with the types, keys and references that the description gives; and opens each in a spreadsheet program's
// reader, which must find texts and numbers, but no formula.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import frictionless from "datapackage";
import initSqlite from "sql.js";
import spreadsheet from "xlsx";

const [site] = process.argv.slice(2);
const folder = join(site, "data");
const descriptor = JSON.parse(readFileSync(join(folder, "datapackage.json"), "utf8"));
const say = (finding) => console.log(finding);
const tables = descriptor.resources.filter((r) => r.profile === "tabular-data-resource");
const paths = (resource) => [resource.path].flat();

// described checks the description, and reads each table by it.
const rows = new Map();
const dataPackage = await frictionless.Package.load(descriptor, { basePath: folder, strict: false });
for (const error of dataPackage.errors) say(`datapackage.json: ${error.message}`);
for (const { name } of tables) {
  const resource = dataPackage.getResource(name);
  try {
    await resource.read({ keyed: true, relations: true });
    rows.set(name, await resource.read({ keyed: true }));
  } catch (error) {
    for (const e of error.errors?.length ? error.errors : [error]) say(`${name}: ${e.message}`);
  }
}
for (const resource of descriptor.resources) {
  const size = paths(resource).reduce((n, path) => n + readFileSync(join(folder, path)).length, 0);
  if (size !== resource.bytes) say(`${resource.name}: ${size} bytes, not ${resource.bytes}`);
}

await stored();
tables.forEach(opened);

// stored loads the tables into SQLite, and follows every reference there.
async function stored() {
  const { Database } = await initSqlite();
  const db = new Database();
  const quoted = (names) => [names].flat().map((name) => `"${name}"`).join(", ");
  for (const { name, schema } of tables) {
    const types = { integer: "INTEGER", number: "NUMERIC", boolean: "INTEGER" };
    const lines = schema.fields.map((f) => `"${f.name}" ${types[f.type] ?? "TEXT"}${f.constraints?.required ? " NOT NULL" : ""}${f.constraints?.unique ? " UNIQUE" : ""}`);
    lines.push(`PRIMARY KEY (${quoted(schema.primaryKey)})`);
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      lines.push(`FOREIGN KEY (${quoted(fields)}) REFERENCES "${reference.resource || name}" (${quoted(reference.fields)})`);
    }
    db.run(`CREATE TABLE "${name}" (${lines.join(", ")})`);
  }
  for (const { name, schema } of tables) {
    const insert = db.prepare(`INSERT INTO "${name}" VALUES (${schema.fields.map(() => "?").join(", ")})`);
    for (const row of rows.get(name) ?? []) {
      try {
        insert.run(schema.fields.map((f) => plain(row[f.name])));
      } catch (error) {
        say(`${name}: SQLite: ${error.message}: ${JSON.stringify(row).slice(0, 200)}`);
      }
    }
    const [{ values: [[count]] }] = db.exec(`SELECT count(*) FROM "${name}"`);
    const wanted = paths(descriptor.resources.find((r) => r.name === name)).flatMap((path) => JSON.parse(readFileSync(join(folder, path.replace(/csv$/, "json")), "utf8")));
    if (count !== wanted.length) say(`${name}: ${count} rows in SQLite, ${wanted.length} in the JSON file`);
  }
  for (const [{ values }] of [db.exec("PRAGMA foreign_key_check")].filter((r) => r.length)) {
    for (const [table, row, target] of values) say(`${table}: row ${row} refers to a row of ${target} that is not there`);
  }
  for (const { name, schema } of tables) lists(db, name, schema);
  const [{ values: [[joined]] }] = db.exec("SELECT count(*) FROM steps JOIN pledges ON steps.pledge = pledges.id");
  const [{ values: [[steps]] }] = db.exec("SELECT count(*) FROM steps");
  if (joined !== steps) say(`${joined} of ${steps} steps find their pledge`);
}

// lists follows the ids of columns of lists: the description names the table that they lead to.
function lists(db, name, schema) {
  for (const { name: column, list } of schema.fields.filter((f) => f.list?.reference)) {
    const known = new Set(db.exec(`SELECT "${list.reference.fields}" FROM "${list.reference.resource || name}"`)[0]?.values.flat());
    for (const row of rows.get(name) ?? []) {
      for (const id of (row[column] ?? "").split(list.delimiter).filter(Boolean)) {
        if (!known.has(id)) say(`${name}.${column}: no ${id} in ${list.reference.resource}`);
      }
    }
  }
}

// plain returns a value as SQLite takes it.
function plain(value) {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "boolean" ? Number(value) : value;
}

// opened opens a table as a spreadsheet program does, and holds the cells against the JSON file.
function opened({ name, path, schema }) {
  for (const file of [path].flat()) {
    const book = spreadsheet.read(readFileSync(join(folder, file), "utf8"), { type: "string", raw: false, cellFormula: true, cellDates: false });
    const sheet = book.Sheets[book.SheetNames[0]];
    for (const [cell, { f, t }] of Object.entries(sheet).filter(([key]) => !key.startsWith("!"))) {
      if (f !== undefined || t === "e") say(`${file}: ${cell} is a formula or an error: ${f}`);
    }
    const wanted = JSON.parse(readFileSync(join(folder, file.replace(/csv$/, "json")), "utf8"));
    const read = spreadsheet.utils.sheet_to_json(sheet, { raw: true, defval: null });
    if (read.length !== wanted.length) say(`${file}: the spreadsheet has ${read.length} rows, not ${wanted.length}`);
    const numbers = schema.fields.filter((f) => f.type === "number" || f.type === "integer").map((f) => f.name);
    read.forEach((row, i) => numbers.forEach((key) => {
      if (row[key] !== wanted[i]?.[key]) say(`${file}: row ${i + 1}: ${key} is ${row[key]}, not ${wanted[i]?.[key]}`);
    }));
    const again = spreadsheet.utils.sheet_to_csv(sheet, { rawNumbers: false });
    if (again.split("\n").length < wanted.length) say(`${file}: rows are lost when it is saved`);
  }
}
