// The paper and its items, side by side: choosing one lights the other.
const root = document.querySelector(".result");
const paper = root.querySelector(".paper-pane");
const list = root.querySelector(".list");
let items = [];
const search = root.querySelector("input[type=search]");
const sheet = root.querySelector(".sheet");
const narrow = matchMedia("(max-width: 1000px)");
let byId = new Map();
let chosen = null;
let tab = "";

// Search folds marks away, so that "kinh phi" finds "kinh phí".
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
let words = new Map();

// The cards as they are on the page now; called again whenever they were changed.
function gather() {
  items = [...list.querySelectorAll(":scope > .item")];
  byId = new Map(items.map((item) => [item.dataset.id, item]));
  words = new Map(items.map((item) => [item, fold(item.textContent).replace(/\s+/g, " ")]));
  if (chosen && !items.includes(chosen)) chosen = null;
}

const shown = () => items.filter((item) => !item.hidden);
const placesOf = (id) => [...paper.querySelectorAll(`[data-i~="${id}"], [data-w~="${id}"]`)];

function choose(id, { from = "", focus = false } = {}) {
  const item = byId.get(String(id));
  if (!item) return;
  for (const old of root.querySelectorAll(".sel")) old.classList.remove("sel");
  chosen?.querySelector(".open").removeAttribute("aria-current");
  chosen = item;
  if (item.hidden) filter({ tab: "", query: "" });
  item.classList.add("sel");
  const button = item.querySelector(".open");
  button.setAttribute("aria-current", "true");
  rove(item);
  const places = placesOf(item.dataset.id);
  for (const place of places) (place.dataset.w && !place.dataset.i ? place.closest(".ln") : place).classList.add("sel");
  if (narrow.matches && from !== "load") {
    if (from !== "paper") pane("paper");
    openSheet(item);
    const low = places.find((place) => place.matches("mark"))?.getBoundingClientRect().bottom;
    if (from === "paper" && low > sheet.getBoundingClientRect().top - 12) show(places[0], paper);
  }
  const main = places.find((place) => place.closest(".ln")?.dataset.line === item.dataset.line);
  if (from !== "paper") show(main ?? places[0], paper);
  if (from !== "list" || focus) show(item, root.querySelector(".items-pane"));
  if (focus) button.focus({ preventScroll: true });
  history.replaceState(null, "", `#m${item.dataset.id}`);
}

// Scrolls a pane, not the page, and only where the place is out of sight.
function show(place, pane) {
  if (!place || !place.offsetParent) return;
  if (narrow.matches) {
    // High enough to stay clear of the sheet at the bottom.
    scrollTo(0, scrollY + place.getBoundingClientRect().top - innerHeight * 0.22);
    return;
  }
  const [inner, outer] = [place.getBoundingClientRect(), pane.getBoundingClientRect()];
  const roof = pane === paper ? outer.top + 40 : pane.querySelector(".tools").getBoundingClientRect().bottom;
  if (inner.top < roof + 8 || inner.bottom > outer.bottom - 40) {
    pane.scrollTop += inner.top - roof - (outer.bottom - roof - inner.height) / 3;
  }
}

function rove(item) {
  for (const other of list.querySelectorAll('.open[tabindex="0"]')) other.tabIndex = -1;
  if (item) item.querySelector(".open").tabIndex = 0;
}

const heights = {};
function pane(name) {
  if (root.dataset.pane === name) return;
  heights[root.dataset.pane] = scrollY;
  root.dataset.pane = name;
  scrollTo(0, heights[name] ?? 0);
  for (const button of root.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === name));
  }
  if (name === "items") sheet.hidden = true;
}

function openSheet(item) {
  const copy = document.createElement("div");
  copy.className = item.className;
  copy.dataset.id = item.dataset.id;
  copy.append(...item.cloneNode(true).childNodes);
  copy.querySelector(".open").replaceWith(Object.assign(document.createElement("b"), { className: "open", textContent: item.querySelector(".open").textContent }));
  sheet.querySelector(".sheet-body").replaceChildren(copy);
  const all = shown();
  sheet.querySelector("[data-sheet-count]").textContent = `Mục ${all.indexOf(item) + 1} trên ${all.length}`;
  sheet.hidden = false;
}

function filter(to = {}) {
  if ("tab" in to) tab = to.tab;
  if ("query" in to) search.value = to.query;
  const wanted = fold(search.value).trim().split(/\s+/).filter(Boolean);
  for (const item of items) {
    const fits = !tab || item.dataset.kind === tab;
    item.hidden = !fits || !wanted.every((word) => words.get(item).includes(word));
  }
  const left = shown();
  for (const button of root.querySelectorAll("[data-tab]")) {
    button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
  }
  const empty = left.length ? null : wanted.length ? "tim" : tab;
  for (const note of root.querySelectorAll("[data-empty]")) note.hidden = note.dataset.empty !== empty;
  dim(tab || wanted.length ? new Set(left.map((item) => item.dataset.id)) : null);
  root.querySelector(".overview").hidden = Boolean(tab || wanted.length);
  root.querySelector("[data-count]").textContent = `${left.length} mục`;
  rove(left.includes(chosen) ? chosen : left[0]);
}

// Under a tab or a search only the marks of what is listed keep their colour.
function dim(kept) {
  for (const place of paper.querySelectorAll("[data-i], [data-w]")) {
    const ids = (place.dataset.i ?? place.dataset.w).split(" ");
    place.classList.toggle("dim", Boolean(kept) && !ids.some((id) => kept.has(id)));
  }
}

function step(by, among = shown()) {
  if (!among.length) return;
  const at = among.indexOf(chosen);
  const next = at < 0 ? (by > 0 ? 0 : among.length - 1) : (at + by + among.length) % among.length;
  choose(among[next].dataset.id, { focus: !narrow.matches });
}

// A place that belongs to several items gives them in turn.
function cycle(ids) {
  const at = chosen ? ids.indexOf(chosen.dataset.id) : -1;
  return ids[(at + 1) % ids.length];
}

paper.addEventListener("click", (event) => {
  if (event.target.closest(".toc") || String(getSelection()).length) return;
  const mark = event.target.closest("mark[data-i]");
  const line = event.target.closest("[data-w]");
  const ids = [...new Set([...(mark?.dataset.i.split(" ") ?? []), ...(line?.dataset.w.split(" ") ?? [])])];
  if (ids.length) choose(cycle(ids), { from: "paper" });
});
paper.querySelector(".toc")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  link.closest("details").open = false;
  const line = document.querySelector(link.hash);
  if (narrow.matches) line?.scrollIntoView({ block: "start" });
  else if (line) paper.scrollTop += line.getBoundingClientRect().top - paper.getBoundingClientRect().top - 60;
});
list.addEventListener("click", (event) => {
  if (event.target.closest("[data-do]")) return;
  const item = event.target.closest(".item");
  if (item) choose(item.dataset.id, { from: "list" });
});
root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { tab: wanted, show: to, step: by, jump } = button.dataset;
  if (wanted !== undefined) filter({ tab: wanted });
  if (to) { pane(to); if (to === "items" && chosen) show(chosen, root); }
  if (by) step(Number(by));
  if (jump) step(1, items.filter((item) => item.classList.contains(jump)));
  if ("close" in button.dataset) sheet.hidden = true;
  if ("clear" in button.dataset) { filter({ query: "" }); search.focus(); }
});
search.addEventListener("input", () => filter());

const keys = {
  j: () => step(1),
  k: () => step(-1),
  l: () => step(1, items.filter((item) => item.classList.contains("finding"))),
  "/": () => { pane("items"); search.focus(); search.select(); },
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.target.closest("dialog, form.edit")) return;
  if (event.key === "Escape") {
    sheet.hidden = true;
    paper.querySelector(".toc[open]")?.removeAttribute("open");
    if (event.target === search) { filter({ query: "" }); search.blur(); }
    return;
  }
  if (event.target.matches("input, textarea, select")) {
    if (event.target === search && ["Enter", "ArrowDown"].includes(event.key) && shown()[0]) choose(shown()[0].dataset.id, { focus: true });
    return;
  }
  const inList = event.target.closest(".list");
  const run = keys[event.key] ?? (inList && { ArrowDown: keys.j, ArrowUp: keys.k }[event.key]);
  if (run) { event.preventDefault(); run(); }
  if (event.key === "Enter" && inList && event.target.matches(".open")) {
    event.preventDefault();
    choose(event.target.closest(".item").dataset.id, { from: "list" });
    const place = placesOf(chosen.dataset.id)[0];
    if (place) { place.tabIndex = -1; place.focus({ preventScroll: true }); }
  }
});

// What the script that edits needs of this one.
root.reader = {
  choose,
  pane,
  get chosen() { return chosen; },
  get tab() { return tab; },
  refresh() { gather(); filter(); },
};

if (narrow.matches) root.querySelector(".overview").open = false;
gather();
filter();
if (/^#m\d+$/.test(location.hash)) choose(location.hash.slice(2), { from: "load" });
