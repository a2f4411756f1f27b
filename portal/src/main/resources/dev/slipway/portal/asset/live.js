// Keeps an open page true: listens to /live, fetches the page again when it is told to, and changes only what differs.
// The page is complete without it.

const FLASH = 1600;
const OWN = new Set(["live", "notice"]); // written here and not by the server
const QUIET = "time, .log, .facets, tfoot, #revision"; // changes here are not news
let source = null;
let last = "";
let since = null;
let busy = false;
let again = false;

const icon = id => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", document.querySelector(".mark use").getAttribute("href").replace(/#.*/, "#" + id));
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
};

// ---- changing only what differs

const flash = node => {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  if (!element || element.closest(QUIET)) return;
  const place = element.closest("td, th, dd, li, strong, .tag, .n, p, h1") ?? element;
  place.classList.add("changed");
  setTimeout(() => place.classList.remove("changed"), FLASH);
};

const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");

const attributes = (old, fresh) => {
  for (const { name, value } of fresh.attributes) {
    if (name !== "open" && name !== "value" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (name !== "open" && name !== "value" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  if (old.matches("input") && old !== document.activeElement && old.value !== fresh.value) old.value = fresh.value;
};

const children = (old, fresh) => {
  const byId = new Map([...old.children].filter(child => child.id).map(child => [child.id, child]));
  let here = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    let match = wanted.id ? byId.get(wanted.id) : here;
    if (match && !same(match, wanted)) match = null;
    if (match) {
      if (match === here) here = here.nextSibling;
      else old.insertBefore(match, here);
      morph(match, wanted);
    } else {
      const added = document.importNode(wanted, true);
      old.insertBefore(added, here);
      if (added.nodeType === Node.ELEMENT_NODE) flash(added);
    }
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
};

const morph = (old, fresh) => {
  if (OWN.has(old.id) || old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) {
      const news = old.nodeValue.trim() !== fresh.nodeValue.trim();
      old.nodeValue = fresh.nodeValue;
      if (news) flash(old);
    }
    return;
  }
  attributes(old, fresh);
  children(old, fresh);
};

// ---- fetching

const fetched = async address => {
  const response = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (response.redirected && new URL(response.url).pathname === "/login") location.reload();
  return new DOMParser().parseFromString(await response.text(), "text/html");
};

const refresh = async () => {
  if (busy) { again = true; return; }
  busy = true;
  try {
    const fresh = await fetched(location.href);
    for (const id of ["kinds", "sheet"]) {
      const [old, wanted] = [document.getElementById(id), fresh.getElementById(id)];
      if (old && wanted) morph(old, wanted);
    }
    document.title = fresh.title;
  } finally {
    busy = false;
    if (again) { again = false; refresh(); }
  }
};

const refreshMenu = async () => {
  const fresh = await fetched("/menu?place=" + encodeURIComponent(menuPlace()));
  const wanted = fresh.getElementById("kinds");
  if (wanted) morph(document.getElementById("kinds"), wanted);
};

const menuPlace = () => document.querySelector("#kinds [aria-current]")?.getAttribute("href") ?? "";

// ---- listening

const say = (state, word) => {
  const place = document.getElementById("live");
  const span = document.createElement("span");
  span.className = "state quiet";
  span.dataset.state = state;
  span.append(icon(state), word);
  place?.replaceChildren(span);
};

const notLive = () => {
  since ??= new Date();
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.state = "warning";
  const words = document.createElement("span");
  const revision = document.getElementById("revision")?.textContent.toLowerCase() ?? "what was read before";
  words.textContent = `Not live since ${since.toLocaleTimeString([], { hour12: false })}. Trying again; what you see is ${revision}.`;
  const glyph = icon("warning");
  glyph.classList.add("g");
  notice.append(glyph, words);
  document.getElementById("notice")?.replaceChildren(notice);
  say("warning", "Not live");
};

const isLive = () => {
  since = null;
  document.getElementById("notice")?.replaceChildren();
  say("ok", "Live");
};

const listen = () => {
  const address = document.body.dataset.live;
  if (!address || source) return;
  source = new EventSource(last ? address.replace(/at=\d*/, "at=" + last) : address);
  source.addEventListener("live", isLive);
  source.addEventListener("page", event => { last = event.lastEventId; refresh().catch(notLive); });
  source.addEventListener("menu", event => { last = event.lastEventId; refreshMenu().catch(notLive); });
  source.addEventListener("error", () => {
    notLive();
    if (source.readyState === EventSource.CLOSED) { source = null; setTimeout(listen, 2000); }
  });
};

const rest = () => { source?.close(); source = null; };

addEventListener("visibilitychange", () => document.hidden ? rest() : listen());
addEventListener("pagehide", rest);
addEventListener("pageshow", () => { if (!document.hidden) listen(); });

// ---- filtering while typing

let typing = 0;
addEventListener("input", event => {
  const form = event.target.closest("form[role=search]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", query.size ? `${form.getAttribute("action")}?${query}` : form.getAttribute("action"));
    refresh().catch(notLive);
  }, 150);
});

// The panels close when the reader goes on elsewhere.
addEventListener("click", event => document.querySelectorAll("details.call[open]").forEach(details => {
  if (!details.contains(event.target)) details.open = false;
}));
addEventListener("keydown", event => {
  const open = document.querySelector("details.call[open]");
  if (event.key === "Escape" && open) { open.open = false; open.querySelector("summary").focus(); }
});
