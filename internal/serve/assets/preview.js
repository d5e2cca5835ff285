// What the preview adds to a page: it follows the site as that changes, shows the problems of the newest edit, and opens a panel on what
// is behind it. No published page has any of this.
import { restyle, trusted, update } from "./update.js";

const own = new URL(".", import.meta.url);

// All that is shown stands in a tree of its own, so that neither the styles of the site nor those of the preview reach the other.
const host = document.createElement("briefing-preview");
const root = host.attachShadow({ mode: "open" });
root.append(make("link", { rel: "stylesheet", href: new URL("preview.css", own).href }));
document.documentElement.append(host); // beside the body, which is replaced when the page is

// make returns an element with properties and children.
function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// place returns where a problem is, as a link into the editor where there is one.
const place = (text, link) => link ? make("a", { className: "place", href: link, textContent: text }) : make("span", { className: "place", textContent: text });

const problems = (list) => make("ol", { className: "problems" }, ...list.map((p) => make("li", {},
  place(p.place, p.link), make("p", {}, make("b", { textContent: p.warning ? "Warning: " : "" }), p.message, " ", make("code", { textContent: p.code, title: `briefing explain ${p.code}` })), make("pre", { tabIndex: 0, textContent: p.detail }))));

// ---- News of the site

// The position is kept by name of the page, for a page that is loaded anew may be longer or shorter while it is laid out.
const position = "briefing-preview-scroll " + location.pathname;
const kept = sessionStorage.getItem(position);
if (kept !== null) {
  sessionStorage.removeItem(position);
  scrollTo({ top: Number(kept), behavior: "instant" });
}

// reload has the browser load the page, which then begins where it stands.
function reload() {
  sessionStorage.setItem(position, String(scrollY));
  location.reload();
}

// told returns what the page was told when it was made: the name of its site, and before when it is not public.
const told = () => document.querySelector("script[data-preview]").dataset;

let newest; // what the preview told last
let turn = Promise.resolve(); // ends when the page is what it told before

// take takes what the preview tells, unless it has told more while the page was made new.
async function take(state) {
  if (state !== newest) return;
  overlay(state);
  if (state.site !== told().preview) {
    if (!await update()) reload();
    label(state);
    if (panel) await fill();
  }
  restyle(state.styles);
}

// A hidden page asks for nothing: a browser has few connections to one server.
let source;
function listen() {
  if (document.hidden) {
    source?.close();
    source = undefined;
  } else if (!source) {
    source = new EventSource(new URL("events", own));
    source.onmessage = (event) => {
      const state = newest = JSON.parse(event.data);
      turn = turn.then(() => take(state)).catch(() => {}); // a preview that has ended tells all again when it is back
    };
  }
}
document.addEventListener("visibilitychange", listen);
listen();

// ---- Problems

let shown = "";
let notice;

// overlay shows the problems of the newest edit over the page, until they are mended or put away. Warnings alone wait in the panel.
function overlay(state) {
  const text = JSON.stringify(state.problems);
  const errors = state.problems.some((p) => !p.warning);
  label(state);
  if (text === shown) return;
  shown = text;
  if (panel) fill();
  notice?.remove();
  notice = undefined;
  if (!errors) return;
  const more = state.count - state.problems.length;
  const close = make("button", { type: "button", textContent: "Put away", onclick: () => notice.remove() });
  notice = make("section", { className: "overlay", role: "alert", ariaLabel: "Problems" },
    make("div", { className: "bar" }, make("h2", { textContent: count(state.count, "problem") }), close),
    make("p", { textContent: "This is the last site without errors." }), problems(state.problems));
  if (more > 0) notice.append(make("p", { textContent: `and ${more} more` }));
  root.append(notice);
}

const count = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

// ---- The panel

const open = "briefing-preview-open";
const button = make("button", { type: "button", className: "opener", ariaExpanded: "false", title: "What is behind this page (Alt+P)", onclick: toggle });
root.append(button);
label({ problems: [], count: 0 });

// label has the button tell how the page stands.
function label(state) {
  const { later } = told();
  button.toggleAttribute("data-later", Boolean(later));
  button.dataset.state = state.problems.some((p) => !p.warning) ? "errors" : state.count ? "warnings" : "";
  button.textContent = state.count ? `Preview: ${count(state.count, "problem")}` : later ? `Not public before ${later}` : "Preview";
}

addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyP") {
    event.preventDefault();
    toggle();
  } else if (event.key === "Escape" && panel) toggle();
});

let panel;
if (sessionStorage.getItem(open)) toggle();

// toggle opens the panel, or closes it. It stays as it is from page to page.
async function toggle() {
  if (panel) {
    panel.remove();
    panel = undefined;
    sessionStorage.removeItem(open);
    button.ariaExpanded = "false";
    return;
  }
  sessionStorage.setItem(open, "1");
  button.ariaExpanded = "true";
  panel = make("aside", { className: "panel", ariaLabel: "Behind this page" });
  root.append(panel);
  await fill();
}

// fill asks what is behind the page and shows that in the panel, in place of what stood there.
async function fill() {
  const about = new URL("page", own);
  about.searchParams.set("address", location.pathname);
  const answer = await fetch(about);
  if (!answer.ok) {
    panel?.replaceChildren(make("p", { textContent: await answer.text() }));
    return;
  }
  const data = await answer.json();
  panel?.replaceChildren(...parts(data));
}

// part returns a section of the panel that can be folded.
const part = (title, ...children) => make("details", { open: true }, make("summary", { textContent: title }), ...children);
const none = (text) => make("p", { className: "none", textContent: text });

// parts returns what the panel shows of a page.
function parts(about) {
  const close = make("button", { type: "button", textContent: "Close", onclick: toggle });
  const list = [make("div", { className: "bar" }, make("h2", { textContent: "Behind this page" }), close)];
  list.push(part("File", about.file ? make("p", {}, place(about.file, about.link)) : none("This page is made of many entries and has no file of its own.")));
  list.push(part("Problems", about.problems.length ? problems(about.problems) : none("None.")));
  if (about.file) {
    list.push(part(`Mentioned by ${count(about.mentions.length, "page")}`, about.mentions.length
      ? make("ul", {}, ...about.mentions.map((m) => make("li", {}, make("a", { href: m.url, textContent: m.title })))) : none("Nothing refers to it.")));
    list.push(part("To subscribers", about.item ? item(about.item) : none("Feeds do not tell of it.")));
  }
  const linked = document.querySelector('script[type="application/ld+json"]');
  list.push(part("To search engines", linked ? make("pre", { tabIndex: 0, textContent: JSON.stringify(JSON.parse(linked.textContent), null, 2) }) : none("No structured data.")));
  return list;
}

// item returns an entry as a feed reader shows it.
function item(x) {
  const html = make("article");
  html.innerHTML = trusted(x.html);
  return make("div", { className: "item" }, make("h3", { textContent: x.title }), make("p", { className: "quiet", textContent: `${x.published} · ${x.authors.join(", ")}` }),
    make("p", { textContent: x.summary }), make("details", {}, make("summary", { textContent: "The text" }), html),
    make("p", { className: "quiet", textContent: `${x.categories.join(", ")} · ${x.id}` }));
}
