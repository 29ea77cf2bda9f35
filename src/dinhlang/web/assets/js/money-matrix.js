// The matrix of sources and needs: keys as in a spreadsheet, every cell saved at once. What the
// office has not got yet lies in this browser's storage, and is sent until it is there.
const form = document.querySelector("#bang-phan-bo");
if (form) start();

function start() {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const saved = form.querySelector("[data-saved]");
  const store = `dinhlang-phan-bo-${form.dataset.store}`;
  const MOST = 100;
  const RETRY = 2500;
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(".mb-in-cell input:enabled")]);
  const spot = new Map();
  rows.forEach((row, y) => row.forEach((box, x) => spot.set(box, { y, x })));
  const boxes = new Map([...spot.keys()].map((box) => [nameOf(box), box]));
  let waiting = load();
  let sending = false;
  let timer = 0;
  let told = 0;
  let anchor = null;
  let head = null;
  const done = [];
  const undone = [];
  spot.forEach((_, box) => { box.dataset.was = box.value; });
  form.classList.add("mb-ready");

  function nameOf(box) { return box.name.slice(2); }
  function load() { try { return JSON.parse(localStorage.getItem(store)) ?? []; } catch { return []; } }
  function keep() {
    try {
      if (waiting.length) localStorage.setItem(store, JSON.stringify(waiting));
      else localStorage.removeItem(store);
    } catch { /* A full or forbidden storage: what is sent at once is safe all the same. */ }
  }
  function say(words, trouble = false) {
    saved.textContent = words;
    saved.classList.toggle("mb-trouble", trouble);
  }
  function mark(box, state, words = "") {
    const cell = box.closest("td");
    const dot = cell.querySelector(".mb-mark") ?? cell.appendChild(document.createElement("span"));
    dot.setAttribute("role", "img");
    dot.className = `mb-mark ${state}`;
    dot.setAttribute("aria-label", { saving: "đang lưu", saved: "đã lưu", error: words }[state] ?? "");
    cell.classList.toggle("mb-bad", state === "error");
    const line = cell.closest("tr");
    line.querySelector("[data-refused]").hidden = !line.querySelector(".mb-bad");
    cell.title = words;
    box.setAttribute("aria-invalid", String(state === "error"));
  }
  function about() {
    const found = { step: form.dataset.step };
    form.querySelectorAll("[data-about]").forEach((box) => { found[box.dataset.about] = box.value; });
    return found;
  }

  function changed(box) {
    const name = nameOf(box);
    const old = waiting.find((cell) => cell.name === name && !cell.away);
    const cell = old ?? { name };
    Object.assign(cell, { key: crypto.randomUUID(), need: Number(name.split(".")[0]), source: Number(name.split(".")[1]), typed: box.value, seen: Number(box.dataset.seen ?? 0), error: "" });
    if (!old) waiting.push(cell);
    keep();
    mark(box, "saving");
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
        // What was refused for a paper or a reason that was typed meanwhile is sent again.
        const before = told;
        const answer = await post(cells);
        if (answer) take(answer, cells);
        if (told !== before) { again(); continue; }
        if (!answer) return;
      }
      summary();
    } finally { sending = false; }
  }

  async function post(cells) {
    let answer = null;
    try {
      answer = await fetch(form.dataset.save, { method: "POST", body: JSON.stringify({ cells, ...about() }), headers: { "X-CSRFToken": token, "Content-Type": "application/json" } });
    } catch { /* No network: told below. */ }
    if (answer?.ok && !answer.redirected) return answer.json();
    cells.forEach((cell) => { cell.away = false; });
    if (answer?.status === 422) {
      const { message } = await answer.json();
      cells.forEach((cell) => { cell.error = message; const box = boxes.get(cell.name); if (box) mark(box, "error", message); });
      keep();
      say(message, true);
    } else if (answer?.redirected || answer?.status === 403) {
      say("Phiên làm việc đã hết hoặc không còn quyền. Hãy mở lại trang; số vừa gõ vẫn giữ trong máy này.", true);
    } else if (answer && answer.status < 500) {
      say("Trang này đã cũ. Hãy tải lại trang; số vừa gõ vẫn giữ trong máy này.", true);
    } else {
      say(`Mất kết nối, ${waiting.length} ô còn giữ trong máy này. Đang thử lại…`, true);
      setTimeout(send, RETRY);
    }
    return null;
  }

  function take(answer, cells) {
    for (const cell of cells) {
      const result = answer.results.find((each) => each.key === cell.key);
      const box = boxes.get(cell.name);
      if (!result) { cell.away = false; continue; }
      const newer = waiting.find((each) => each !== cell && each.name === cell.name);
      if (result.error) {
        Object.assign(cell, { error: result.error, away: false });
        if (newer) waiting = waiting.filter((each) => each !== cell);
        else if (box) mark(box, "error", result.error);
        if (box && result.seen !== undefined) box.dataset.seen = String(result.seen);
        continue;
      }
      waiting = waiting.filter((each) => each !== cell);
      if (!box) continue;
      box.dataset.seen = String(result.seen);
      if (newer) { newer.seen = result.seen; continue; }
      if (box !== document.activeElement || box.value === cell.typed) { box.value = result.text; box.dataset.was = result.text; }
      mark(box, "saved");
    }
    keep();
    for (const [need, sums] of Object.entries(answer.rows ?? {})) {
      show(form.querySelector(`[data-row="${need}"]`), sums);
      const left = form.querySelector(`[data-left="${need}"]`);
      if (left) left.textContent = sums.left || "–";
    }
    for (const [source, sums] of Object.entries(answer.columns ?? {})) show(form.querySelector(`[data-column="${source}"]`), sums);
    if (answer.total !== undefined) form.querySelector("[data-total]").textContent = answer.total || "–";
  }
  function show(cell, sums) {
    if (!cell) return;
    cell.querySelector("[data-used]").textContent = sums.used === "0" ? "–" : sums.used;
    cell.querySelector("[data-over]").hidden = !sums.over;
    cell.querySelector("[data-amount]").textContent = sums.over;
    if (cell.matches("tr")) cell.classList.toggle("mb-is-over", Boolean(sums.over));
  }
  function summary() {
    const wrong = waiting.filter((cell) => cell.error);
    if (wrong.length) { say(wrong.length === 1 ? wrong[0].error : `${wrong.length} ô chưa lưu được: ${wrong[0].error}`, true); return; }
    if (waiting.length) return;
    say(`Đã lưu lúc ${new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })}`);
  }

  // Cells refused for want of a paper or a reason go again once that is typed.
  function again() {
    for (const cell of waiting.filter((each) => each.error)) {
      const target = boxes.get(cell.name);
      Object.assign(cell, { error: "", key: crypto.randomUUID(), seen: Number(target?.dataset.seen ?? 0) });
      if (target) mark(target, "saving");
    }
  }
  form.querySelectorAll("[data-about]").forEach((box) => box.addEventListener("change", () => { told += 1; again(); send(); }));

  // Changing, with undo

  function put(edits, { remember = true } = {}) {
    const real = edits.filter(({ box, value }) => box && !box.disabled && box.value !== value);
    if (!real.length) return;
    const step = real.map(({ box, value }) => ({ box, before: box.dataset.was ?? box.value, after: value }));
    for (const { box, value } of real) { box.value = value; box.dataset.was = value; }
    if (remember) { done.push(step); undone.length = 0; }
    real.forEach(({ box }) => changed(box));
  }
  function commit(box) {
    const before = box.dataset.was ?? "";
    if (box.value === before) return;
    box.dataset.was = box.value;
    done.push([{ box, before, after: box.value }]);
    undone.length = 0;
    changed(box);
  }
  function step(from, to, way) {
    const last = from.pop();
    if (!last) return;
    to.push(last);
    put(last.map((each) => ({ box: each.box, value: each[way] })), { remember: false });
    last[0].box.focus();
  }

  // Moving and selecting

  function select(from, to) {
    form.querySelectorAll(".mb-sel").forEach((cell) => cell.classList.remove("mb-sel"));
    anchor = from;
    head = to;
    if (from !== to) block().flat().forEach((box) => box?.closest("td").classList.add("mb-sel"));
  }
  function block() {
    const [one, two] = [spot.get(anchor), spot.get(head)];
    const [top, left] = [Math.min(one.y, two.y), Math.min(one.x, two.x)];
    return Array.from({ length: Math.abs(one.y - two.y) + 1 }, (_, y) => Array.from({ length: Math.abs(one.x - two.x) + 1 }, (__, x) => rows[top + y]?.[left + x]));
  }
  function go(box, dy, dx, extend = false) {
    const { y, x } = spot.get(extend && head ? head : box);
    const to = rows[y + dy]?.[x + dx];
    if (!to) { if (!extend) commit(box); return; }
    if (extend) { select(anchor ?? box, to); return; }
    commit(box);
    to.focus();
  }

  form.addEventListener("focusin", ({ target }) => { if (spot.has(target)) { select(target, target); target.select(); } });
  form.addEventListener("focusout", ({ target }) => { if (spot.has(target)) { commit(target); target.classList.remove("mb-editing"); } });
  form.addEventListener("dblclick", ({ target }) => { if (spot.has(target)) target.classList.add("mb-editing"); });
  form.addEventListener("submit", (event) => { event.preventDefault(); if (spot.has(document.activeElement)) commit(document.activeElement); });
  form.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!spot.has(box)) { if (event.key === "Enter" && box.tagName === "INPUT") { event.preventDefault(); box.blur(); } return; }
    const editing = box.classList.contains("mb-editing");
    const command = event.ctrlKey || event.metaKey;
    const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    let taken = true;
    if (command && event.key.toLowerCase() === "z" && box.value === (box.dataset.was ?? "")) { if (event.shiftKey) step(undone, done, "after"); else step(done, undone, "before"); }
    else if (command && event.key.toLowerCase() === "y") step(undone, done, "after");
    else if (command || event.altKey) taken = false;
    else if (event.key === "Enter") go(box, event.shiftKey ? -1 : 1, 0);
    else if (event.key === "F2") { box.classList.add("mb-editing"); box.setSelectionRange(box.value.length, box.value.length); }
    else if (event.key === "Escape") { box.value = box.dataset.was ?? ""; box.classList.remove("mb-editing"); box.select(); }
    else if (arrows[event.key] && (!editing || arrows[event.key][0])) go(box, ...arrows[event.key], event.shiftKey);
    else if (event.key === "Delete" && !editing) put(block().flat().filter(Boolean).map((each) => ({ box: each, value: "" })));
    else taken = false;
    if (taken) event.preventDefault();
  });
  form.addEventListener("copy", (event) => {
    if (!anchor || anchor === head) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", block().map((row) => row.map((box) => box?.value ?? "").join("\t")).join("\n"));
  });
  form.addEventListener("paste", (event) => {
    const box = event.target;
    if (!spot.has(box)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    if (lines.length === 1 && lines[0].length === 1) return;
    event.preventDefault();
    const { y, x } = spot.get(box);
    put(lines.flatMap((line, dy) => line.map((value, dx) => ({ box: rows[y + dy]?.[x + dx], value: value.trim() }))));
  });
  addEventListener("beforeunload", (event) => {
    if (spot.has(document.activeElement)) commit(document.activeElement);
    if (waiting.some((cell) => !cell.error)) event.preventDefault();
  });
  addEventListener("online", send);

  // What an earlier visit could not finish.
  for (const cell of waiting) {
    cell.away = false;
    const box = boxes.get(cell.name);
    if (!box) continue;
    box.value = cell.typed;
    box.dataset.was = cell.typed;
    mark(box, cell.error ? "error" : "saving", cell.error);
  }
  if (waiting.length) { summary(); send(); }
}
