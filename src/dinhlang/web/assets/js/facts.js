// The entry grids: keys as in a spreadsheet, and every line saved at once. What the office has not
// got yet lies in this browser's storage under a key of its own, and is sent until it is there.
const form = document.querySelector("#bang-so-lieu");
const { place, period } = form.dataset;
const saved = form.querySelector("[data-saved]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const store = `dinhlang-so-lieu-${place}-${period}`;
const MOST = 60;
const RETRY = 2500;
let waiting = load();
let sending = false;
let timer = 0;
const done = [];
const undone = [];
form.classList.add("fx-ready");

function load() {
  try { return JSON.parse(localStorage.getItem(store)) ?? []; } catch { return []; }
}
function keep() {
  try {
    if (waiting.length) localStorage.setItem(store, JSON.stringify(waiting));
    else localStorage.removeItem(store);
  } catch { /* A full or forbidden storage: what is sent at once is safe all the same. */ }
}
function say(words, trouble = false) {
  saved.textContent = words;
  saved.classList.toggle("fx-trouble", trouble);
}

// Boxes and lines. A line is what is saved together; in the grid of villages it is one box.

const rows = [...form.querySelectorAll("tr")]
  .map((row) => new Map([...row.querySelectorAll("[data-col]:not(:disabled)")].map((box) => [box.dataset.col, box])))
  .filter((row) => row.size);
const columns = [...new Set(["a", "b", "c", "s", ...rows.flatMap((row) => [...row.keys()])])]
  .filter((name) => rows.some((row) => row.has(name)));
const spot = new Map();
rows.forEach((row, y) => row.forEach((box, name) => spot.set(box, { y, x: columns.indexOf(name) })));
const boxAt = (y, x) => rows[y]?.get(columns[x]);
const lineOf = (box) => box.closest("[data-unit]");
const boxesOf = (line) => [...line.querySelectorAll("[data-col]")];
const nameOf = (line) => [line.dataset.place ?? place, line.dataset.measure, line.dataset.sex].join(".");
const lines = new Map([...form.querySelectorAll("[data-unit]")].map((line) => [nameOf(line), line]));
const valueOf = (line, column) => line.querySelector(`[data-col="${column}"]`)?.value ?? "";

function contentOf(line) {
  const single = boxesOf(line).length === 1 && line.dataset.source !== undefined;
  const [a, b] = [valueOf(line, "a"), valueOf(line, "b")];
  return {
    a, b,
    c: single ? boxesOf(line)[0].value : a || b ? "" : valueOf(line, "c"),
    source: single ? line.dataset.source : valueOf(line, "s"),
  };
}

// Both parts of a rate decide it: the box of the rate then only shows it.
function lockRate(line) {
  const box = line.querySelector('input[data-col="c"]');
  if (!box || !line.querySelector('[data-col="a"]')) return;
  const inParts = Boolean(valueOf(line, "a") || valueOf(line, "b"));
  // The rate of parts that are gone is gone with them.
  if (box.readOnly && !inParts) { box.value = ""; box.dataset.was = ""; }
  box.readOnly = inParts;
}
lines.forEach(lockRate);
// “was”: what stood there before the next change; “good”: what the office has.
lines.forEach((line) => boxesOf(line).forEach((box) => { box.dataset.was = box.value; box.dataset.good = box.value; }));
// What was refused is not what an undo goes back to.
const wasIn = (box) => (lineOf(box).classList.contains("fx-bad") ? box.dataset.good : box.dataset.was) ?? "";

// Saving

function changed(line) {
  lockRate(line);
  const { a, b, c, source } = contentOf(line);
  // Half a rate waits for its other half.
  if (Boolean(a.trim()) !== Boolean(b.trim())) { mark(line, "half"); return; }
  const name = nameOf(line);
  const old = waiting.find((cell) => cell.name === name && !cell.away);
  const cell = old ?? { name };
  Object.assign(cell, {
    key: crypto.randomUUID(), place: Number(line.dataset.place ?? place), period, error: "",
    measure: line.dataset.measure, sex: line.dataset.sex, seen: Number(line.dataset.seen), a, b, c, source,
  });
  if (!old) waiting.push(cell);
  keep();
  mark(line, "saving");
  say("Đang lưu…");
  clearTimeout(timer);
  timer = setTimeout(send, 250);
}

async function send() {
  if (sending) return;
  sending = true;
  try {
    for (;;) {
      const cells = waiting.filter((cell) => !cell.error).slice(0, MOST);
      if (!cells.length) break;
      cells.forEach((cell) => { cell.away = true; });
      const answer = await post(cells);
      if (!answer) { setTimeout(send, RETRY); return; }
      take(answer, cells);
    }
    summary();
  } finally {
    sending = false;
  }
}

async function post(cells) {
  const body = JSON.stringify({ cells, totals: Boolean(form.dataset.totals) });
  let answer = null;
  try {
    answer = await fetch(form.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token, "Content-Type": "application/json" } });
  } catch { /* No network: told below. */ }
  if (answer?.ok && !answer.redirected) return answer.json();
  cells.forEach((cell) => { cell.away = false; });
  if (answer?.redirected || answer?.status === 403) {
    say("Phiên làm việc đã hết hoặc không còn quyền. Hãy mở lại trang; số vừa gõ vẫn giữ trong máy này.", true);
  } else if (answer && answer.status < 500) {
    say("Trang này đã cũ. Hãy tải lại trang; số vừa gõ vẫn giữ trong máy này.", true);
  } else {
    say(`Mất kết nối, ${waiting.length} số còn giữ trong máy này. Đang thử lại…`, true);
  }
  return null;
}

function take(answer, cells) {
  for (const cell of cells) {
    const result = answer.results.find((each) => each.key === cell.key);
    const line = lines.get(cell.name);
    if (!result) { cell.away = false; continue; }
    if (result.error) {
      Object.assign(cell, { error: result.error, away: false });
      // A newer value of the same line is on its way; this one no longer matters.
      if (waiting.some((each) => each !== cell && each.name === cell.name)) waiting = waiting.filter((each) => each !== cell);
      else if (line) mark(line, "error", result.error);
      if (line && result.conflict) line.dataset.seen = String(answer.mark);
      continue;
    }
    waiting = waiting.filter((each) => each !== cell);
    if (!line) continue;
    line.dataset.seen = String(result.seen);
    const again = waiting.find((each) => each.name === cell.name);
    if (again) again.seen = result.seen;
    else show(line, result);
  }
  keep();
  for (const [measure, words] of Object.entries(answer.totals ?? {})) {
    const box = form.querySelector(`[data-total="${CSS.escape(measure)}"]`);
    if (box && !box.querySelector(".s")) box.textContent = words || "chưa đủ các thôn";
  }
}

function summary() {
  const wrong = waiting.filter((cell) => cell.error).length;
  if (wrong) { say(`${wrong} số cần xem lại; vẫn giữ trong máy này.`, true); return; }
  if (waiting.length) return;
  const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  say(`Đã lưu lúc ${time}`);
}

function show(line, result) {
  const single = line.dataset.source !== undefined;
  const set = (column, value) => {
    const box = line.querySelector(`[data-col="${column}"]`);
    if (box) box.dataset.good = value;
    if (box && box !== document.activeElement) { box.value = value; box.dataset.was = value; }
  };
  if (single) set(boxesOf(line)[0].dataset.col, result.a ? `${result.a}/${result.b}` : result.c);
  else { set("a", result.a); set("b", result.b); set("c", result.c); }
  lockRate(line);
  mark(line, result.state, result.warning);
  const change = line.querySelector('[data-part="change"]');
  if (change) change.textContent = result.change;
}

const WORDS = {
  saving: ["na", "…", "Đang lưu"], half: ["wait", "½", "Còn thiếu một phần"], error: ["no", "✕", ""],
  draft: ["wait", "◔", "Đã lưu, chờ xác nhận"], confirmed: ["ok", "✓", "Đã xác nhận"], missing: ["", "–", "Chưa có"],
};
function mark(line, state, more = "") {
  const [tone, sign, words] = WORDS[state];
  line.classList.toggle("fx-bad", state === "error");
  boxesOf(line).forEach((box) => { box.setAttribute("aria-invalid", String(state === "error")); });
  const dot = line.querySelector('[data-part="mark"]');
  if (dot) {
    dot.className = `fx-mark ${state}`;
    dot.setAttribute("aria-label", words || more);
    line.title = more;
    if (state === "error") say(more, true);
    return;
  }
  const cell = line.querySelector('[data-part="state"]');
  const tag = piece("span", tone ? `tag ${tone}` : "fx-none", sign, state === "error" ? more : words);
  cell.replaceChildren(tag);
  if (more && state !== "error") cell.append(piece("span", "fx-warn", "▲", more));
}
function piece(name, className, sign, words) {
  const made = Object.assign(document.createElement(name), { className });
  const glyph = Object.assign(document.createElement("span"), { textContent: sign });
  glyph.setAttribute("aria-hidden", "true");
  made.append(glyph, ` ${words}`);
  return made;
}

// Changing boxes, with undo

function put(edits, { remember = true } = {}) {
  const real = edits.filter(({ box, value }) => box && !box.readOnly && box.value !== value);
  if (!real.length) return;
  const step = real.map(({ box, value }) => ({ box, before: wasIn(box), after: value }));
  for (const { box, value } of real) {
    box.value = fitting(box, value);
    box.dataset.was = box.value;
  }
  if (remember) { done.push(step); undone.length = 0; }
  new Set(real.map(({ box }) => lineOf(box))).forEach(changed);
}

// What is pasted into a list of choices may be “x”, “có” or “2”.
function fitting(box, value) {
  if (box.tagName !== "SELECT") return value;
  const wanted = value.trim().toLowerCase();
  const options = [...box.options];
  const same = options.find((option) => option.value.toLowerCase() === wanted || option.text.trim().toLowerCase() === wanted);
  if (same) return same.value;
  if (["x", "có", "1", "rồi", "v", "✓"].includes(wanted) && options[1]?.value === "Đạt") return "Đạt";
  if (["không", "chưa", "0"].includes(wanted) && options[2]?.value === "Chưa đạt") return "Chưa đạt";
  if (["x", "đạt", "1", "rồi", "v", "✓"].includes(wanted) && options[1]?.value === "Có") return "Có";
  if (["chưa đạt", "chưa", "chưa có", "0"].includes(wanted) && options[2]?.value === "Không") return "Không";
  return options.find((option) => wanted && option.value.endsWith(` ${wanted}`))?.value ?? box.value;
}

function commit(box) {
  box.classList.remove("fx-editing");
  if (box.value === (box.dataset.was ?? "")) return;
  const before = wasIn(box);
  box.dataset.was = box.value;
  done.push([{ box, before, after: box.value }]);
  undone.length = 0;
  changed(lineOf(box));
}

function step(from, to, way) {
  const last = from.pop();
  if (!last) return;
  to.push(last);
  put(last.map((each) => ({ box: each.box, value: each[way] })), { remember: false });
  last[0].box.focus();
  select(last[0].box, last[0].box);
}

// Moving and selecting

let anchor = null;
let head = null;
function select(from, to) {
  form.querySelectorAll(".fx-sel").forEach((cell) => cell.classList.remove("fx-sel"));
  anchor = from;
  head = to;
  if (from === to) return;
  for (const box of range()) box.closest("td").classList.add("fx-sel");
}
function bounds() {
  const [one, two] = [spot.get(anchor), spot.get(head)];
  return { top: Math.min(one.y, two.y), bottom: Math.max(one.y, two.y), left: Math.min(one.x, two.x), right: Math.max(one.x, two.x) };
}
function table() {
  const { top, bottom, left, right } = bounds();
  return Array.from({ length: bottom - top + 1 }, (_, y) => Array.from({ length: right - left + 1 }, (__, x) => boxAt(top + y, left + x)));
}
const range = () => table().flat().filter(Boolean);

function next(box, dy, dx) {
  let { y, x } = spot.get(box);
  for (;;) {
    y += dy;
    x += dx;
    if (y < 0 || y >= rows.length || x < 0 || x >= columns.length) return null;
    const found = boxAt(y, x) ?? (dy && columns[x] !== "s" ? boxAt(y, columns.indexOf("c")) : null);
    if (found) return found;
  }
}
function go(box, dy, dx, extend = false) {
  const from = extend && head ? head : box;
  const to = next(from, dy, dx);
  if (!to) return;
  if (extend) { select(anchor ?? box, to); to.scrollIntoView({ block: "nearest", inline: "nearest" }); return; }
  commit(box);
  to.focus();
}

form.addEventListener("focusin", ({ target }) => {
  if (!spot.has(target)) return;
  select(target, target);
  if (target.select) target.select();
});
form.addEventListener("focusout", ({ target }) => { if (spot.has(target)) commit(target); });
form.addEventListener("change", ({ target }) => { if (target.tagName === "SELECT" && spot.has(target)) commit(target); });
form.addEventListener("dblclick", ({ target }) => { if (spot.has(target)) target.classList.add("fx-editing"); });
form.addEventListener("submit", (event) => event.preventDefault());

form.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!spot.has(box)) return;
  const editing = box.classList.contains("fx-editing");
  const command = event.ctrlKey || event.metaKey;
  const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  let taken = true;
  if (command && !editing && event.key.toLowerCase() === "z") { if (event.shiftKey) step(undone, done, "after"); else step(done, undone, "before"); }
  else if (command && !editing && event.key.toLowerCase() === "y") step(undone, done, "after");
  else if (command || event.altKey) taken = false;
  else if (event.key === "Enter") { if (next(box, event.shiftKey ? -1 : 1, 0)) go(box, event.shiftKey ? -1 : 1, 0); else { commit(box); box.select?.(); } }
  else if (event.key === "F2") { if (box.tagName === "SELECT") box.showPicker?.(); else { box.classList.add("fx-editing"); box.setSelectionRange(box.value.length, box.value.length); } }
  else if (event.key === "Escape") { box.value = box.dataset.was ?? ""; box.classList.remove("fx-editing"); select(box, box); box.select?.(); }
  else if (arrows[event.key] && (!editing || arrows[event.key][0])) go(box, ...arrows[event.key], event.shiftKey);
  else if (["Delete", "Backspace"].includes(event.key) && !editing && (anchor !== head || event.key === "Delete")) put(range().filter((each) => each.dataset.col !== "s").map((each) => ({ box: each, value: "" })));
  else taken = false;
  if (taken) event.preventDefault();
});

// Blocks from and to a spreadsheet

form.addEventListener("copy", (event) => {
  if (!anchor || anchor === head) return;
  event.preventDefault();
  const text = table().map((row) => row.map((box) => box?.value ?? "").join("\t")).join("\n");
  event.clipboardData.setData("text/plain", text);
});
form.addEventListener("paste", (event) => {
  const box = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!spot.has(box)) return;
  const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  if (block.length === 1 && block[0].length === 1 && box.tagName === "INPUT") return;
  event.preventDefault();
  const { y, x } = spot.get(box);
  const edits = [];
  block.forEach((line, dy) => line.forEach((value, dx) => {
    const target = boxAt(y + dy, x + dx);
    if (target) edits.push({ box: target, value: value.trim() });
  }));
  put(edits);
  const last = edits.at(-1)?.box;
  if (last) { select(box, last); say(`Đã dán ${edits.length} ô, đang lưu…`); }
});

addEventListener("beforeunload", (event) => {
  if (spot.has(document.activeElement)) commit(document.activeElement);
  if (waiting.some((cell) => !cell.error)) event.preventDefault();
});
addEventListener("online", send);

// What an earlier visit could not finish.
for (const cell of waiting) {
  cell.away = false;
  const line = lines.get(cell.name);
  if (!line) continue;
  const single = line.dataset.source !== undefined;
  if (single) boxesOf(line)[0].value = cell.c;
  else for (const column of ["a", "b", "c"]) { const box = line.querySelector(`[data-col="${column}"]`); if (box && cell[column]) box.value = cell[column]; }
  boxesOf(line).forEach((box) => { box.dataset.was = box.value; });
  lockRate(line);
  mark(line, cell.error ? "error" : "saving", cell.error);
}
if (waiting.length) send();
