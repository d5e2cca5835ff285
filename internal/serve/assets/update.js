// An open page takes over what is new as it stands: where the reader is, what has the focus, what is open and what was typed stay. Words are
// exchanged where they are. Where scripts have a part in what changed all is new, and they run as on a page just loaded: from addresses
// of their own, since a browser runs what stands at one only once.
import { begin, patch } from "./patch.js";
import { standing } from "./stand.js";

begin();

// What the page's scripts listen to for ever, they listen to until the page is new.
let visit = new AbortController();
for (const target of [window, document]) {
  const listen = target.addEventListener;
  target.addEventListener = (type, listener, options) => {
    const given = typeof options === "object" ? options ?? {} : { capture: Boolean(options) };
    listen.call(target, type, listener, { ...given, signal: given.signal ? AbortSignal.any([given.signal, visit.signal]) : visit.signal });
  };
}

// trusted marks HTML as what a script may make elements of. The preview's own server sends it.
const policy = window.trustedTypes?.createPolicy("briefing-preview", { createHTML: (html) => html });
export const trusted = (html) => policy ? policy.createHTML(html) : html;

// named returns the address of an asset without the digest of its content.
const named = (address) => new URL(address, location.href).pathname.replace(/\.[\w-]{10}(?=\.css$)/, "");

const stylesheets = 'link[rel="stylesheet"]';

// restyle takes over the stylesheets that have new addresses. Old ones go when the new one is there, so that the page is never bare.
export function restyle(addresses) {
  for (const address of addresses) {
    const old = [...document.querySelectorAll(stylesheets)].filter((e) => named(e.href) === named(address));
    if (!old.length || old.at(-1).href === new URL(address, location.href).href) continue;
    const fresh = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, media: old[0].media });
    fresh.onload = fresh.onerror = () => old.forEach((e) => e.remove());
    old.at(-1).after(fresh);
  }
}

// orders are what a head tells the browser rather than the reader: a policy, or to go elsewhere.
const orders = (page) => [...page.head.querySelectorAll("meta[http-equiv]")].map((e) => e.outerHTML).join("\n");

// exchange makes the head that of another page. What both have stays, and so do stylesheets, of which there are new ones when they are there.
function exchange(next) {
  const sheets = [...next.head.querySelectorAll(stylesheets)];
  const wanted = sheets.map((e) => e.getAttribute("href"));
  const has = (list, e) => e.matches(stylesheets) ? list.some((x) => x.matches(stylesheets) && named(x.href) === named(e.href)) : list.some((x) => x.isEqualNode(e));
  const [old, fresh] = [[...document.head.children], [...next.head.children]];
  for (const e of old) if (!has(fresh, e)) e.remove();
  for (const e of fresh) if (!has(old, e)) document.head.append(e);
  restyle(wanted);
}

// dress gives an element the attributes of another.
function dress(element, other) {
  for (const name of element.getAttributeNames()) if (!other.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of other.attributes) element.setAttribute(name, value);
}

// scripts returns the addresses of the modules of a page, without those of the preview.
const scripts = (page) => [...page.querySelectorAll('script[type="module"][src]:not([data-preview])')].map((e) => e.getAttribute("src"));

let runs = 0; // how often the scripts have run again

// renew puts a new body in the place of the old one, and runs the scripts of the page as if for the first time.
async function renew(body) {
  const [at, stand] = [{ left: scrollX, top: scrollY, behavior: "instant" }, standing()];
  visit.abort();
  visit = new AbortController();
  document.body.replaceWith(body);
  begin();
  if (location.hash) location.replace(location.hash); // what it names is marked again
  stand();
  scrollTo(at);
  runs++;
  await Promise.allSettled(scripts(document).map((src) => import(`./again/${runs}${new URL(src, location.href).pathname}`)));
  stand();
}

// update makes the page what its address now holds. It reports whether it could: a page that has gone elsewhere, or has another policy, is
// to be loaded by the browser.
export async function update() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const text = await answer.text();
  if (!answer.ok || answer.redirected) return false;
  const next = new DOMParser().parseFromString(trusted(text), "text/html");
  if (orders(next) !== orders(document)) return false;
  const same = scripts(next).join() === scripts(document).join();
  exchange(next);
  dress(document.documentElement, next.documentElement);
  if (!same || !patch(next.body)) await renew(next.body);
  return true;
}
