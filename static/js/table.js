// Tables within data-table: the heads of columns become buttons that sort, and where data-rows names what they are a field leaves those
// alone that hold its words. Rows move within their group; a row that heads or carries a group stays first.
import {say} from "./copy.js";

let order; // how words are compared, from the first time that it is asked for

// value returns what a cell is sorted by: its raw value, its date, the first number of a column of numbers, or its words. It is empty where
// the cell says that something is not known.
function value(cell) {
  if (!cell || cell.dataset.value !== undefined) return cell?.dataset.value ?? "";
  const time = cell.querySelector("time");
  if (time) return time.dateTime;
  if (cell.querySelector(".unknown")) return "";
  const text = cell.textContent.trim().replace(/(\d),(?=\d{3})/g, "$1");
  return cell.classList.contains("num") ? text.match(/\d[\d.]*/)?.[0] ?? "" : text;
}

// compare puts two values in order. Numbers of one unit are compared as such: to a collator 1.5 comes before 1.25.
function compare(a, b) {
  const [one, other] = [a, b].map(text => text.match(/^(.* )?(\d+(?:\.\d+)?)$/));
  return one && other && one[1] === other[1] ? one[2] - other[2] : order.compare(a, b);
}

// sort puts the rows of each group of a table in the order of a column. What has no value comes last, whichever the direction.
function sort(table, column, sign) {
  order ??= new Intl.Collator(document.documentElement.lang, {numeric: true});
  for (const group of table.tBodies) {
    const [fixed, free] = [[], []];
    for (const row of group.rows) (row.matches(".group, .carried") ? fixed : free).push({row, value: value(row.cells[column])});
    free.sort((a, b) => !a.value - !b.value || sign * compare(a.value, b.value));
    group.append(...[...fixed, ...free].map(x => x.row));
  }
}

// sortable makes buttons of the heads of a table.
function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.ariaSort !== "ascending";
      heads.forEach(h => h.removeAttribute("aria-sort"));
      head.ariaSort = up ? "ascending" : "descending";
      sort(table, column, up ? 1 : -1);
      say(`Sorted by ${button.textContent}, ${head.ariaSort}`);
    });
  });
}

// plain returns a text in lower case, without marks on its letters.
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// textsOf returns the rows of a table with the words of each.
const textsOf = table => [...table.tBodies].flatMap(group => [...group.rows]).map(row => ({row, text: plain(row.textContent)}));

// searchable puts a field before a table. The filters that need no script hide rows too: only rows that both leave are counted. The rows are
// not read before something is asked for.
function searchable(table, noun) {
  let rows;
  const form = document.getElementById("filters");
  const [line, label, field, count] = ["p", "label", "input", "span"].map(name => document.createElement(name));
  field.type = "search";
  field.autocomplete = "off";
  count.setAttribute("role", "status");
  field.setAttribute("aria-label", `Find among these ${noun}`);
  label.append("Find", field);
  line.append(label, count);
  line.className = "find-row hint";
  table.parentElement.before(line);
  const show = () => {
    rows ??= textsOf(table);
    const words = plain(field.value).split(/\s+/);
    for (const {row, text} of rows) row.hidden = !words.every(w => text.includes(w));
    const left = rows.filter(({row}) => row.getClientRects().length).length;
    count.textContent = field.value.trim() ? `${left} of ${rows.length} ${noun}` : "";
  };
  field.addEventListener("input", show);
  if (!form) return;
  field.setAttribute("form", form.id);
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
}

for (const table of document.querySelectorAll("[data-table] table")) {
  sortable(table);
  const {rows} = table.closest("[data-table]").dataset;
  if (rows) searchable(table, rows);
}
