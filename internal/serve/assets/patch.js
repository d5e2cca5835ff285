// The least that makes of one page another. Scripts have changed the page since it came, so that what came is kept beside it: what differs
// is found between the old text and the new, and done to the page.

// asked are the selectors by which the page's scripts have looked for what they give a behaviour.
const asked = new Set();
for (const [name, selector] of [["querySelector", (s) => s], ["querySelectorAll", (s) => s], ["getElementById", (id) => "#" + CSS.escape(id)]]) {
  const ask = document[name];
  document[name] = (s) => {
    asked.add(selector(s));
    return ask.call(document, s);
  };
}

let came; // the body as it came
let shown; // leads from each of its nodes to the one of the page

// begin takes the body of the page, which no script has seen, as it came.
export function begin() {
  asked.clear();
  came = document.body.cloneNode(true);
  shown = new WeakMap();
  pair(came, document.body);
}

// pair notes that a tree is shown as another.
function pair(node, as) {
  shown.set(node, as);
  for (let [n, a] = [node.firstChild, as.firstChild]; n; [n, a] = [n.nextSibling, a.nextSibling]) pair(n, a);
}

// patch makes the body what it has become, unless scripts would have to know. It reports whether it has.
export function patch(body) {
  const changes = [];
  compare(came, body, changes);
  if (!changes.every(isPlain)) return false;
  changes.forEach(apply);
  return true;
}

// compare finds what makes one node another. A change is the node where it is, with what the node becomes: other words or other
// attributes. Or else it has nodes that go and nodes that come in their place, after a node that stays where there is one.
function compare(node, next, changes) {
  if (node.isEqualNode(next)) return;
  if (!node.cloneNode().isEqualNode(next.cloneNode())) changes.push({ node, next });
  const [old, fresh] = [[...node.childNodes], [...next.childNodes]];
  const most = Math.min(old.length, fresh.length);
  let from = 0, to = 0;
  while (from < most && old[from].isEqualNode(fresh[from])) from++;
  while (to < most - from && old.at(-1 - to).isEqualNode(fresh.at(-1 - to))) to++;
  // Of what differs those that are of one sort are held to be the same, with other words.
  const [end, last] = [old.length - to, fresh.length - to];
  for (; from < end && from < last && old[from].nodeName === fresh[from].nodeName && old[from].id === fresh[from].id; from++) {
    compare(old[from], fresh[from], changes);
  }
  const [gone, come] = [old.slice(from, end), fresh.slice(from, last)];
  if (gone.length || come.length) changes.push({ node, gone, come, after: old[from - 1] });
}

// isPlain reports whether a change touches nothing that scripts have given a behaviour, would have given one, or have moved.
function isPlain({ node, gone = [], come = [], after }) {
  const looked = [...asked];
  const isMeant = (e) => e.nodeType === Node.ELEMENT_NODE && looked.some((s) => e.matches(s) || e.querySelector(s));
  if (gone.some(isMeant) || come.some(isMeant)) return false;
  for (let e = node.attributes ? node : node.parentNode; e && !e.matches("main, body"); e = e.parentNode) {
    if (looked.some((s) => e.matches(s))) return false;
  }
  return [node, ...gone, after].every((n) => !n || n === came || shown.get(n).parentNode === shown.get(n.parentNode));
}

// apply makes a change, of the page and of what came.
function apply({ node, next, gone, come, after }) {
  if (next?.attributes) {
    redress([node, shown.get(node)], next);
  } else if (next) {
    node.data = shown.get(node).data = next.data;
  } else {
    const twins = come.map((n) => document.importNode(n, true));
    come.forEach((n, i) => pair(n, twins[i]));
    put(shown.get(node), gone.map((n) => shown.get(n)), twins, after && shown.get(after));
    put(node, gone, come, after);
  }
}

// redress gives elements the attributes in which the first differs from another. Others that scripts have set stay.
function redress(elements, next) {
  for (const name of new Set([...elements[0].getAttributeNames(), ...next.getAttributeNames()])) {
    const value = next.getAttribute(name);
    if (value === elements[0].getAttribute(name)) continue;
    elements.toReversed().forEach((e) => value === null ? e.removeAttribute(name) : e.setAttribute(name, value));
  }
}

// put puts nodes in the place of others.
function put(parent, gone, come, after) {
  gone.forEach((n) => n.remove());
  if (after) after.after(...come);
  else parent.prepend(...come);
}
