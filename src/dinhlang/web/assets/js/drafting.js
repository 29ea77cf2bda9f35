// The sheet of a draft: every box saved as soon as it is left, kept in this browser until then.

const form = document.querySelector("[data-draft]");
const saved = form.querySelector("[data-saved]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const store = `dinhlang.draft.${form.dataset.draft}`;
const RETRY = 4000;
const CHECK = 1200;
const boxes = [...form.querySelectorAll(".dr-box")];
const byName = new Map(boxes.map((box) => [box.name, box]));
const was = new Map([...form.querySelectorAll('[name^="was."]')].map((box) => [box.name.slice(4), box]));
const wrong = new Map([...form.querySelectorAll("[data-trouble]")].map((words) => [words.dataset.trouble, words]));
const refused = new Map();
let running = null;
let checking = 0;
let leaving = false;
// The box in which somebody is typing: half a value is not sent.
let typing = "";
form.classList.add("dr-ready");

const valueOf = (box) => (box.type === "checkbox" ? (box.checked ? "1" : "") : box.value);
const put = (box, value) => { if (box.type === "checkbox") box.checked = value !== ""; else box.value = value; };
const isOpen = (name) => valueOf(byName.get(name)).trim() !== was.get(name).value.trim();
// A value that was refused waits until it is typed anew.
const waiting = () => boxes.map((box) => box.name).filter((name) => isOpen(name) && refused.get(name) !== valueOf(byName.get(name)));
const whole = () => waiting().filter((name) => name !== typing);

function say(words, sign = "✓", trouble = false) {
  const glyph = Object.assign(document.createElement("span"), { textContent: sign });
  glyph.setAttribute("aria-hidden", "true");
  saved.replaceChildren(glyph, ` ${words}`);
  saved.classList.toggle("dr-unsaved", trouble);
}

function keep() {
  const open = Object.fromEntries(boxes.filter((box) => isOpen(box.name)).map((box) => [box.name, valueOf(box)]));
  try {
    if (Object.keys(open).length) localStorage.setItem(store, JSON.stringify(open));
    else localStorage.removeItem(store);
  } catch { /* A full or forbidden storage: what is sent at once is safe all the same. */ }
}

// Saving

function save() {
  keep();
  running ??= send().finally(() => { running = null; });
  return running;
}

async function send() {
  for (;;) {
    const names = whole();
    if (!names.length) break;
    say("Đang lưu…", "…");
    const sent = new Map(names.map((name) => [name, valueOf(byName.get(name))]));
    const body = new FormData();
    for (const [name, value] of sent) {
      body.set(name, value);
      body.set(`was.${name}`, was.get(name).value);
    }
    const answer = await post(body);
    if (!answer) return;
    take(answer, sent);
  }
  summary();
}

async function post(body) {
  let answer = null;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
  } catch { /* No network: told below. */ }
  if (answer?.ok && !answer.redirected) return answer.json();
  if (answer?.status === 409) say((await answer.json()).message, "✕", true);
  else if (answer?.redirected || answer?.status === 403 || answer?.status === 404) say("Phiên làm việc đã hết hoặc không còn quyền. Hãy mở lại trang; chữ vừa gõ vẫn giữ trong máy này.", "✕", true);
  else {
    say("Mất kết nối, chữ vừa gõ còn giữ trong máy này. Đang thử lại…", "!", true);
    setTimeout(save, RETRY);
  }
  return null;
}

function take(answer, sent) {
  for (const [name, value] of sent) {
    const box = byName.get(name);
    const trouble = answer.troubles[name];
    if (answer.shown[name] !== undefined) was.get(name).value = answer.shown[name];
    if (trouble) refused.set(name, value);
    else refused.delete(name);
    // What was typed, or taken back, while this was on its way stays; the answer is not about it.
    if (valueOf(box) !== value) continue;
    tell(name, trouble ?? "");
    if (!trouble) show(box, answer.shown[name]);
  }
  for (const [name, words] of Object.entries(answer.sums)) {
    const place = form.querySelector(`[data-sum="${name}"]`);
    if (place) place.textContent = words;
  }
  form.querySelector("[data-sums]").classList.toggle("dr-lacks", answer.lacks);
  keep();
  clearTimeout(checking);
  checking = setTimeout(check, CHECK);
}

// In a box entered again meanwhile all stays marked, so that what is typed takes its place.
function show(box, value) {
  const marked = document.activeElement === box && box.value && box.selectionStart === 0 && box.selectionEnd === box.value.length;
  put(box, value);
  if (marked) box.select();
}

function tell(name, words) {
  const place = wrong.get(name);
  place.textContent = words;
  place.hidden = !words;
  byName.get(name).setAttribute("aria-invalid", String(Boolean(words)));
}

function summary() {
  if (typing && isOpen(typing)) { say("Đang gõ, lưu khi rời ô", "…"); return; }
  const bad = boxes.filter((box) => isOpen(box.name)).length;
  if (bad) { say(`${bad} ô cần xem lại, chữ vừa gõ còn giữ trong máy này`, "✕", true); return; }
  const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  say(`Đã lưu lúc ${time}`);
}

async function check() {
  const place = document.querySelector('[data-part="checks"]');
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.checks);
    if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
  } catch { /* The next saving asks again. */ }
  place.removeAttribute("aria-busy");
}

// Boxes

const line = (box) => box.closest("[data-line]");
function left(box) {
  typing = "";
  if (box.name.endsWith(".wanted")) line(box).classList.toggle("dr-out", !box.checked);
  if (!isOpen(box.name)) { tell(box.name, ""); refused.delete(box.name); }
  save();
}
form.addEventListener("change", ({ target }) => { if (byName.has(target.name)) left(target); });
form.addEventListener("input", ({ target }) => {
  if (!byName.has(target.name)) return;
  keep();
  if (target.type === "checkbox") return;
  typing = target.name;
  say("Đang gõ, lưu khi rời ô", "…");
});
// Typed and typed back: nothing changed, yet nobody is typing any more.
form.addEventListener("focusout", ({ target }) => { if (typing && target.name === typing) left(target); });

const column = (box) => box.name.replace(/\d+/, "");
function next(box, step) {
  const same = boxes.filter((each) => column(each) === column(box));
  return same[same.indexOf(box) + step];
}
form.addEventListener("keydown", (event) => {
  const box = event.target;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    document.activeElement.blur();
    save();
    return;
  }
  if (!byName.has(box.name) || event.isComposing) return;
  if (pickKey(event, box)) { event.preventDefault(); return; }
  const step = event.key === "Enter" ? (event.shiftKey ? -1 : 1) : arrow(event, box);
  if (step) {
    event.preventDefault();
    const to = next(box, step);
    if (to) { to.focus(); to.select?.(); } else box.blur();
  } else if (event.key === "Escape" && box.type !== "checkbox") {
    put(box, was.get(box.name).value);
    left(box);
  }
});
function arrow(event, box) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.shiftKey) return 0;
  if (box.tagName !== "TEXTAREA") return step;
  return (step < 0 ? box.selectionStart === 0 : box.selectionEnd === box.value.length) ? step : 0;
}

// Offices to choose from, under the box in which one is typed

const list = document.getElementById("don-vi");
const choices = [...list.children];
let picked = -1;
const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
const lastPart = (box) => (box.name.endsWith(".partners") ? box.value.split(";").at(-1) : box.value);
const shownChoices = () => choices.filter((each) => !each.hidden);

function offer(box, typed) {
  const wanted = typed ? fold(lastPart(box)) : "";
  const others = box.name.endsWith(".partners") ? box.value.split(";").map((each) => each.trim()) : [box.value.trim()];
  let count = 0;
  for (const each of choices) {
    const words = each.textContent;
    each.hidden = count >= 8 || others.includes(words) || !fold(words).includes(wanted);
    if (!each.hidden) count += 1;
  }
  mark(-1);
  list.hidden = !count;
  if (!count) return;
  const place = box.getBoundingClientRect();
  list.style.setProperty("left", `${Math.max(8, Math.min(place.left, innerWidth - 308)) + scrollX}px`);
  list.style.setProperty("top", `${place.bottom + scrollY}px`);
}
function mark(at) {
  picked = at;
  shownChoices().forEach((each, index) => each.classList.toggle("on", index === at));
}
function pick(box, words) {
  const before = box.name.endsWith(".partners") ? box.value.split(";").slice(0, -1).map((each) => each.trim()) : [];
  box.value = [...before, words].join("; ");
  list.hidden = true;
  left(box);
}
function pickKey(event, box) {
  if (list.hidden || !("offices" in box.dataset)) return false;
  const open = shownChoices();
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way && !event.altKey) { mark((picked + way + open.length + (picked < 0 && way < 0 ? 1 : 0)) % open.length); return true; }
  if (event.key === "Escape") { list.hidden = true; return true; }
  if (event.key === "Enter" && picked >= 0) { pick(box, open[picked].textContent); return true; }
  return false;
}
form.addEventListener("focusin", ({ target }) => { if ("offices" in target.dataset) offer(target, false); else list.hidden = true; });
form.addEventListener("input", ({ target }) => { if ("offices" in target.dataset) offer(target, true); });
form.addEventListener("focusout", () => { list.hidden = true; });
list.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  const box = document.activeElement;
  if (event.target.tagName === "LI" && "offices" in box.dataset) pick(box, event.target.textContent);
});

// A block from a spreadsheet
form.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((row) => row.split("\t"));
  const box = event.target;
  if (!byName.has(box.name) || (block.length === 1 && block[0].length === 1)) return;
  event.preventDefault();
  const rows = [...box.closest("table").querySelectorAll("[data-line]")];
  const across = [...line(box).querySelectorAll(".dr-box")].indexOf(box);
  block.forEach((values, down) => {
    const target = rows[rows.indexOf(line(box)) + down];
    values.forEach((value, right) => {
      const found = target?.querySelectorAll(".dr-box")[across + right];
      if (found && found.type !== "checkbox") put(found, value.trim());
    });
  });
  typing = "";
  save();
});

// Leaving: the form itself carries everything that is not saved yet.
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("data-save")) { event.preventDefault(); save(); return; }
  leaving = true;
});
for (const link of document.querySelectorAll("[data-after-save]")) {
  link.addEventListener("click", async (event) => {
    if (!waiting().length && !running) return;
    event.preventDefault();
    await save();
    leaving = true;
    location.assign(link.href);
    setTimeout(() => { leaving = false; }, 500);
  });
}
addEventListener("beforeunload", (event) => {
  if (!leaving && waiting().length) { save(); event.preventDefault(); }
});
addEventListener("pageshow", () => { leaving = false; });
addEventListener("online", save);

// What an earlier visit could not finish.
try {
  const kept = JSON.parse(localStorage.getItem(store) ?? "{}");
  for (const [name, value] of Object.entries(kept)) if (byName.has(name)) put(byName.get(name), value);
} catch { /* Not ours: left alone. */ }
if (waiting().length) save();
