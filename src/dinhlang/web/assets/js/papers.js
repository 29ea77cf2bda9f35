// A paper being written: every change is saved at once and the sheet beside it set anew. What the
// office has not got yet lies in this browser's storage, and is sent until it is there.
const form = document.querySelector("#van-ban");
const saved = document.querySelector("[data-saved]");
const sheet = document.querySelector("[data-preview]");
const store = `dinhlang-van-ban-${form.dataset.paper}`;
const PAUSE = 600;
const RETRY = 2500;
let waiting = load();
// What cannot stand in its box; it is kept here and not sent again until it is changed.
const held = {};
let sending = false;
let timer = 0;
let stuck = false;
document.querySelector(".pp").classList.add("pp-ready");

function load() {
  try { return JSON.parse(localStorage.getItem(store)) ?? {}; } catch { return {}; }
}
function keep() {
  try {
    const all = { ...held, ...waiting };
    if (Object.keys(all).length) localStorage.setItem(store, JSON.stringify(all));
    else localStorage.removeItem(store);
  } catch { /* A full or forbidden storage: what is sent at once is safe all the same. */ }
}
function say(words, trouble = false) {
  saved.textContent = words;
  saved.classList.toggle("trouble", trouble);
}

const boxOf = (name) => form.querySelector(`[data-box="${CSS.escape(name)}"]`);
const fieldsOf = (box) => [...box.querySelectorAll("[name^='o.'], [name^='bang.']")]
  .filter((field) => field.type !== "radio" || field.checked);
const contentOf = (box) => fieldsOf(box).map((field) => [field.name, field.value]);

// Rows of a table

function number(box) {
  box.querySelectorAll("li").forEach((row, at) => {
    row.querySelectorAll("input").forEach((field) => { field.name = field.name.replace(/\.\d+\./, `.${at}.`); });
  });
}
function addRow(box) {
  const rows = box.querySelectorAll("li");
  const row = rows[rows.length - 1].cloneNode(true);
  row.querySelectorAll("input").forEach((field) => { field.value = ""; });
  box.querySelector("ol").append(row);
  number(box);
  return row;
}
form.querySelectorAll(".pp-table").forEach((table) => {
  const box = table.closest("[data-box]");
  table.querySelectorAll("[hidden]").forEach((button) => { button.hidden = false; });
  table.addEventListener("click", (event) => {
    if (event.target.closest("[data-add]")) addRow(box).querySelector("input").focus();
    const drop = event.target.closest("[data-drop]");
    if (!drop) return;
    const row = drop.closest("li");
    const next = row.nextElementSibling ?? row.previousElementSibling;
    if (!next) addRow(box);
    row.remove();
    number(box);
    (next ?? box.querySelector("li")).querySelector("input").focus();
    changed(box);
  });
});

// Saving

function changed(box) {
  waiting[box.dataset.box] = contentOf(box);
  delete held[box.dataset.box];
  keep();
  stuck = false;
  say("Đang lưu…");
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}
form.addEventListener("input", (event) => {
  const box = event.target.closest("[data-box]");
  if (box) changed(box);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

async function send() {
  if (sending || stuck || !Object.keys(waiting).length) return;
  sending = true;
  const away = waiting;
  waiting = {};
  try {
    const answer = await post(away);
    if (!answer) {
      waiting = { ...away, ...waiting };
      if (!stuck) timer = setTimeout(send, RETRY);
    }
  } finally {
    sending = false;
    keep();
  }
  if (!stuck && Object.keys(waiting).length) timer = setTimeout(send, PAUSE);
}

async function post(away) {
  const body = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "luot-sua"]) body.append(name, form.elements[name].value);
  for (const pairs of Object.values(away)) pairs.forEach(([name, value]) => body.append(name, value));
  let answer = null;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  } catch { /* No network: told below. */ }
  if (!answer || answer.status >= 500) {
    say("Mất kết nối. Phần vừa gõ vẫn giữ trong máy này, đang thử lại…", true);
    return false;
  }
  if (answer.redirected || answer.status === 403 || answer.status === 404) {
    stuck = true;
    say("Phiên làm việc đã hết hoặc không còn quyền. Hãy mở lại trang; phần vừa gõ vẫn giữ trong máy này.", true);
    return false;
  }
  const found = await answer.json().catch(() => null);
  if (!found) { stuck = true; say("Trang này đã cũ. Hãy tải lại trang.", true); return false; }
  if (found.over) { stuck = true; say(found.over, true); return false; }
  take(found, away);
  return true;
}

function complain(name, words) {
  const box = boxOf(name);
  const line = box?.querySelector("[data-trouble]");
  if (!line) return;
  box.classList.toggle("bad", Boolean(words));
  line.textContent = words;
  line.hidden = !words;
}

function take(found, away) {
  form.elements["luot-sua"].value = found.revision;
  for (const [name, mark] of Object.entries(found.marks)) {
    const kept = found.clashes.includes(name) || name in found.troubles;
    if (!kept) boxOf(name).querySelector(`[name="goc.${CSS.escape(name)}"]`).value = mark;
    else if (!(name in waiting)) held[name] = away[name];
    complain(name, found.troubles[name] ?? "");
  }
  sheet.innerHTML = found.preview;
  document.querySelector("[data-about]").textContent = found.about;
  if (found.clash) say(`${found.clash} Sửa thêm ở ô đó để ghi đè, hoặc tải lại trang.`, true);
  else if (Object.keys(found.troubles).length) say("Có ô cần xem lại; phần khác đã lưu.", true);
  else if (found.trouble) say(found.trouble, true);
  else if (!Object.keys(waiting).length) {
    say(`Đã lưu lúc ${found.saved}`);
    // What other boxes say of themselves comes from the meeting that was chosen.
    if (found.again) { keep(); location.reload(); }
  }
}

// What a closed browser left behind

for (const [name, pairs] of Object.entries(waiting)) {
  const box = boxOf(name);
  if (!box) { delete waiting[name]; continue; }
  for (const [field, value] of pairs) {
    const row = field.match(/\.(\d+)\.[^.]+$/);
    while (row && box.querySelectorAll("li").length <= Number(row[1])) addRow(box);
    box.querySelectorAll(`[name="${CSS.escape(field)}"]`).forEach((each) => {
      if (each.type === "radio") each.checked = each.value === value;
      else each.value = value;
    });
  }
}
if (Object.keys(waiting).length) send();
window.addEventListener("online", send);
