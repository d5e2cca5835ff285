// The page of the search. What is looked for stands in the address, so that it can be shared and the way back leads through it.
import {words} from "./fold.js";
import {nearest, search, show} from "./query.js";

const form = document.querySelector("[data-search]");
const field = form.querySelector("[data-find]");
const [count, found, facets, results, more, everything] =
  ["count", "found", "facets", "results", "more", "all"].map(name => document.querySelector(`[data-${name}]`));

const rows = 10;
const pause = 150; // milliseconds between the last letter and the search
const headings = {kind: "Kind", year: "Year", stage: "Stage of a pledge", actor: "Actor"};
const most = 8; // values of a respect that are offered at once

let turn = 0; // counts searches, so that the answer to an old one is dropped
let countActors = false;
let timer;

// make returns an element with attributes and content.
function make(name, attributes = {}, ...content) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) e.setAttribute(key, value);
  e.append(...content);
  return e;
}

// wanted returns what the address asks for.
function wanted() {
  const all = new URLSearchParams(location.search);
  const chosen = {};
  for (const name of Object.keys(headings)) if (all.get(name)) chosen[name] = all.get(name);
  return {q: all.get("q") ?? "", chosen};
}

// address returns the address of a search.
function address(q, chosen) {
  const all = new URLSearchParams({...(q && {q}), ...chosen});
  return location.pathname + (all.size ? `?${all}` : "");
}

// marked returns a text in which the words that were looked for are marked.
function marked(text, terms) {
  const parts = text.split(/([\p{L}\p{M}\p{N}'’ʼ]+)/u);
  const plain = {letters, stops: []};
  return parts.map((part, i) => i % 2 && words(part, plain).some(w => terms.words.some(t => w.startsWith(t) && (t.length > 1 || w === t)))
    ? make("mark", {}, part) : part);
}

// letters is the table by which folding goes, from the index.
let letters = {};

// result returns one document as an item of the list.
function result(doc, terms) {
  const meta = make("p", {class: "card-meta"}, make("span", {class: "tag"}, doc.label));
  if (doc.date) meta.append(" ", make("span", {class: "when"}, doc.date));
  const item = make("li", {}, meta, make("h2", {}, make("a", {href: doc.url, lang: doc.lang}, ...marked(doc.title, terms))));
  if (doc.summary) item.append(make("p", {}, ...marked(doc.summary, terms)));
  return item;
}

// facet returns the values of one respect, each a link that narrows the search to it, or widens it again.
function facet(name, counts, now, cast) {
  const named = value => cast && name === "actor" ? cast[1][cast[0].indexOf(value)] : value;
  let values = [...counts].sort(name === "year" ? (a, b) => b[0] - a[0] : (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!now.chosen[name] && values.length < 2 && !(name === "actor" && !cast)) return [];
  values = values.filter(([value], i) => i < most || value === now.chosen[name]);
  const list = values.map(([value, n]) => {
    const {[name]: old, ...rest} = now.chosen;
    const on = old === value;
    return make("li", {}, make("a", {href: address(now.q, on ? rest : {...rest, [name]: value}), "aria-current": on && "true"},
      named(value), " ", make("span", {class: "hint"}, String(n))));
  });
  if (name === "actor" && !cast) list.push(make("li", {}, make("a", {href: "#", "data-actors": "yes"}, "By actor")));
  return [make("h2", {}, headings[name]), make("ul", {}, ...list)];
}

// told returns in words how many documents were found.
function told(n, cut) {
  if (cut) return `More than ${n} results; the first are shown.`;
  return n === 1 ? "1 result" : `${n} results`;
}

// suggest tells that nothing was found, and what may have been meant.
async function suggest(answer, now) {
  count.replaceChildren("No match.");
  const word = answer.unknown.find(w => answer.terms.words.includes(w));
  const near = word && await nearest(word);
  if (near) {
    const q = now.q.split(/(\s+)/).map(part => words(part, {letters, stops: []}).includes(word) ? near : part).join("");
    return [" Did you mean ", make("a", {href: address(q, {})}, q), "?"];
  }
  return Object.keys(now.chosen).length ? [" ", make("a", {href: address(now.q, {})}, "Look in all entries"), "."] : [];
}

// run answers the search that the address asks for.
async function run() {
  const mine = ++turn;
  const now = wanted();
  if (field.value.trim() !== now.q) field.value = now.q;
  everything.hidden = Boolean(now.q);
  if (!now.q) {
    found.hidden = true;
    count.replaceChildren();
    return;
  }
  try {
    const answer = await search(now.q, now.chosen, countActors);
    if (mine !== turn) return;
    letters = answer.letters;
    const empty = answer.docs.length ? [] : await suggest(answer, now);
    const first = await show(answer.docs.slice(0, rows));
    if (mine !== turn) return;
    found.hidden = !answer.docs.length && !Object.keys(now.chosen).length;
    if (answer.docs.length) count.replaceChildren(told(answer.docs.length, answer.cut));
    else count.append(...empty);
    facets.replaceChildren(...Object.keys(headings).flatMap(name => facet(name, answer.counts[name], now, answer.cast)));
    results.replaceChildren(...first.map(doc => result(doc, answer.terms)));
    next(answer);
  } catch {
    if (mine !== turn) return;
    count.replaceChildren("The index could not be fetched. The pages by title lead to everything.");
    everything.hidden = false;
  }
}

// next has the button show the results that follow.
function next(answer) {
  let shown = rows;
  more.hidden = answer.docs.length <= shown;
  more.onclick = async () => {
    const docs = await show(answer.docs.slice(shown, shown + rows));
    const items = docs.map(doc => result(doc, answer.terms));
    results.append(...items);
    shown += rows;
    more.hidden = answer.docs.length <= shown;
    items[0]?.querySelector("a").focus();
  };
}

// look goes to the address of a search: with a new place in the history, or instead of the present one.
function look(to, place) {
  clearTimeout(timer);
  if (to !== location.pathname + location.search) history[place](null, "", to);
  run();
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => look(address(field.value.trim(), field.value.trim() ? wanted().chosen : {}), "replaceState"), pause);
});

form.addEventListener("submit", event => {
  event.preventDefault();
  clearTimeout(timer);
  history.pushState(null, "", address(field.value.trim(), wanted().chosen));
  run();
});

for (const area of [facets, count]) {
  area.addEventListener("click", event => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.actors) {
      countActors = true;
      run();
    } else {
      look(link.getAttribute("href"), "pushState");
      field.focus();
    }
  });
}

// The arrows go through the field and the results, and Esc goes back to an empty field.
document.addEventListener("keydown", event => {
  const stops = [field, ...results.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (step && at >= 0 && !found.hidden && stops[at + step]) {
    event.preventDefault();
    stops[at + step].focus();
  } else if (event.key === "Escape" && (at >= 0 || facets.contains(document.activeElement))) {
    event.preventDefault();
    field.value = "";
    look(location.pathname, "replaceState");
    field.focus();
  }
});

// Beside the results there is room for what narrows them; above them, on a phone, it opens when it is wanted.
document.querySelector("[data-narrow]").open = matchMedia("(min-width: 62rem)").matches;
addEventListener("popstate", run);
run();
