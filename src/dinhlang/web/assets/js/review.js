// Correcting what was read. Every edit is sent at once with a key of its own; until the office
// has it, it lies in this browser's storage, and it is sent again however often that takes.
const root = document.querySelector(".result");
const { reader } = root;
const list = root.querySelector(".list");
const saved = root.querySelector("[data-saved]");
const toast = root.querySelector(".toast");
const token = document.querySelector("#ma [name=csrfmiddlewaretoken]").value;
const place = `dinhlang-duyet-${root.dataset.review}`;
const typing = `${place}-go`;
const PARTS = ["title", "about", "severities", "seen", "left"];
let seen = Number(root.dataset.revision);
let waiting = load(place) ?? [];
let sending = false;
let undo = null;

function load(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}
function keep(name, value) {
  try {
    if (value === null || value.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch { /* A full or forbidden storage: what is sent at once is safe all the same. */ }
}
const say = (words, trouble = false) => {
  saved.textContent = words;
  saved.classList.toggle("trouble", trouble);
};

// Sending

function edit(fields) {
  waiting.push({ key: crypto.randomUUID(), seen, fields });
  keep(place, waiting);
  return send();
}

async function send() {
  if (sending) return;
  sending = true;
  try {
    while (waiting.length) {
      say("Đang lưu…");
      const [first] = waiting;
      const body = new URLSearchParams({ ...first.fields, key: first.key, seen: String(first.seen) });
      let answer;
      try {
        answer = await fetch(root.dataset.edit, { method: "POST", body, headers: { "X-CSRFToken": token } });
      } catch {
        answer = null;
      }
      if (!answer || answer.status >= 500) {
        say("Chưa lưu được, đang thử lại. Thay đổi vẫn giữ trong máy này.", true);
        setTimeout(send, 2500);
        return;
      }
      if (answer.redirected) {
        say("Phiên đăng nhập đã hết. Hãy đăng nhập lại rồi mở trang này; thay đổi vẫn giữ trong máy này.", true);
        return;
      }
      waiting.shift();
      keep(place, waiting);
      await answered(answer, first);
    }
  } finally {
    sending = false;
  }
}

async function answered(answer, { fields }) {
  if (answer.ok) {
    const number = answer.headers.get("X-Item");
    closeForm();
    keep(typing, null);
    show(await answer.text());
    const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    say(`Đã lưu lúc ${time}`);
    if (fields.verb === "drop") offerUndo(number);
    else reader.choose(number, { focus: true });
  } else if (answer.status === 422) {
    say("Chưa lưu được: có ô cần xem lại.", true);
    openForm(await answer.text(), fields);
  } else {
    const { message } = await answer.json().catch(() => ({ message: "Chưa lưu được. Hãy tải lại trang." }));
    say(message, true);
    await reload();
    say(message, true);
  }
}

// The page as the server has it now takes the place of what is shown; scroll positions stay.
async function reload() {
  const answer = await fetch(location.href);
  if (answer.ok && !answer.redirected) show(await answer.text());
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".result");
  if (!fresh) { location.reload(); return; }
  seen = Number(fresh.dataset.revision);
  const form = list.querySelector("form.edit")?.closest("li");
  list.replaceChildren(...fresh.querySelector(".list").children);
  if (form) list.prepend(form);
  for (const selector of [".sheet-of-paper", ".overview dl"]) {
    root.querySelector(selector).replaceWith(fresh.querySelector(selector));
  }
  for (const part of PARTS) {
    const [old, now] = [root, fresh].map((where) => where.querySelector(`[data-part="${part}"]`));
    if (old && now) old.replaceWith(now);
  }
  const counts = new Map([...fresh.querySelectorAll("[data-tab]")].map((b) => [b.dataset.tab, b.querySelector(".n").textContent]));
  for (const button of root.querySelectorAll("[data-tab]")) button.querySelector(".n").textContent = counts.get(button.dataset.tab);
  reader.refresh();
}

// Forms

async function open(address, typed = null) {
  const answer = await fetch(address);
  if (!answer.ok) { say("Mục này không còn. Trang vừa được tải lại.", true); await reload(); return; }
  openForm(await answer.text(), typed);
}

function openForm(html, typed = null) {
  const holder = document.createElement("li");
  holder.className = "editing";
  holder.append(...new DOMParser().parseFromString(html, "text/html").body.children);
  const form = holder.querySelector("form");
  closeForm();
  for (const [name, value] of Object.entries(typed ?? {})) {
    const field = form.elements[name];
    if (!field || name === "key") continue;
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
  }
  reader.pane("items");
  const item = list.querySelector(`.item[data-id="${form.dataset.number}"]`);
  const at = item ?? (form.dataset.verb === "add" ? reader.chosen : null);
  if (at && !at.hidden) at.after(holder); else list.prepend(holder);
  item?.classList.add("being-edited");
  (form.querySelector(".wrong input, .wrong textarea") ?? form.querySelector("input:not([type=hidden]), textarea")).focus({ preventScroll: true });
  holder.scrollIntoView({ block: "nearest" });
}

function closeForm() {
  list.querySelector("li.editing")?.remove();
  for (const old of list.querySelectorAll(".being-edited")) old.classList.remove("being-edited");
}

function fieldsOf(form) {
  const fields = Object.fromEntries(new FormData(form));
  return { ...fields, verb: form.dataset.verb, number: form.dataset.number, kind: fields.kind ?? form.dataset.kind };
}

list.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  form.querySelector("[type=submit]").disabled = true;
  edit(fieldsOf(form)).finally(() => { form.querySelector("[type=submit]").disabled = false; });
});
list.addEventListener("input", (event) => {
  const form = event.target.closest("form.edit");
  if (form) keep(typing, fieldsOf(form));
});
list.addEventListener("change", (event) => {
  if (!event.target.matches("[data-switch-kind]")) return;
  const form = event.target.closest("form");
  open(newAddress(event.target.value), { ...Object.fromEntries(new FormData(form)), kind: event.target.value });
});
list.addEventListener("keydown", (event) => {
  const form = event.target.closest("form.edit");
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  if (event.key === "Escape") { event.preventDefault(); cancel(); }
});
function cancel() {
  const number = list.querySelector("form.edit")?.dataset.number;
  closeForm();
  keep(typing, null);
  if (number && number !== "0") reader.choose(number, { focus: true });
}

const newAddress = (kind, more = {}) => `${root.dataset.new.replace("KIND", kind)}?${new URLSearchParams(more)}`;
const itemAddress = (number) => root.dataset.item.replace(/0$/, number);

// What can be done

function startEdit(number) { if (number) open(itemAddress(number)); }

function startAdd() {
  const picked = getSelection();
  const line = picked.anchorNode?.parentElement?.closest("[data-line]") ?? (reader.chosen && root.querySelector(`#d${reader.chosen.dataset.line}`));
  const quote = String(picked).trim();
  const text = quote ? { text: quote, name: quote, quote } : {};
  const lines = line?.dataset.line ? { lines: line.dataset.line } : {};
  open(newAddress(reader.tab && reader.tab !== "loi" ? reader.tab : "nhiem-vu", { ...text, ...lines }));
}

function drop(number) {
  const item = list.querySelector(`.item[data-id="${number}"]`);
  if (!item || item.classList.contains("finding") || !item.querySelector('[data-do="drop"]')) return;
  const after = item.nextElementSibling ?? item.previousElementSibling;
  edit({ verb: "drop", number }).then(() => { if (after?.dataset.id) reader.choose(after.dataset.id, { focus: true }); });
}

function offerUndo(number) {
  clearTimeout(undo?.timer);
  undo = { number, timer: setTimeout(hideUndo, Number(root.dataset.undo) * 1000) };
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn q small", textContent: "Hoàn tác" });
  button.dataset.do = "undo";
  toast.replaceChildren("Đã bỏ một mục. ", button);
  toast.hidden = false;
}
function hideUndo() { undo = null; toast.hidden = true; }
function takeBack() {
  if (!undo) return;
  const { number } = undo;
  clearTimeout(undo.timer);
  hideUndo();
  edit({ verb: "restore", number });
}

const dialog = document.querySelector("#bo-qua");
function silence(item) {
  if (!item?.classList.contains("finding")) return;
  dialog.querySelector("[data-what]").textContent = item.querySelector(".open").textContent;
  dialog.querySelector("input").value = "";
  dialog.dataset.number = item.dataset.id;
  dialog.returnValue = "";
  dialog.showModal();
}
dialog.addEventListener("close", () => {
  if (dialog.returnValue === "ok") edit({ verb: "silence", number: dialog.dataset.number, reason: dialog.querySelector("input").value });
});

const acceptance = document.querySelector("#nhan");
async function accept() {
  if (!acceptance) return;
  if (waiting.length) { say("Đang lưu thay đổi cuối, chờ một chút rồi nhận.", true); await send(); return; }
  if (list.querySelector("form.edit")) { say("Còn một mục đang sửa dở. Hãy lưu hoặc thôi trước khi nhận.", true); return; }
  acceptance.showModal();
  acceptance.querySelector("button[type=submit]").focus();
}

root.addEventListener("click", (event) => {
  if (event.target.closest("[data-cancel]")) { cancel(); return; }
  if (event.target.closest("[data-close-dialog]")) { event.target.closest("dialog").close(); return; }
  const button = event.target.closest("[data-do]");
  if (!button) return;
  const holder = button.closest("[data-id]");
  const number = button.dataset.number ?? holder?.dataset.id;
  const item = number && list.querySelector(`.item[data-id="${number}"]`);
  root.querySelector(".sheet").hidden = true;
  const run = {
    edit: () => startEdit(number),
    drop: () => drop(number),
    add: startAdd,
    accept,
    undo: takeBack,
    silence: () => silence(item),
    speak: () => edit({ verb: "speak", number }),
  }[button.dataset.do];
  run?.();
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    const form = list.querySelector("form.edit");
    if (form?.contains(event.target)) form.requestSubmit(); else accept();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, dialog, form.edit")) return;
  const { chosen } = reader;
  const run = {
    e: () => chosen && (chosen.classList.contains("finding") ? silence(chosen) : startEdit(chosen.dataset.id)),
    d: () => chosen && drop(chosen.dataset.id),
    a: startAdd,
    z: takeBack,
  }[event.key.toLowerCase()];
  if (run) { event.preventDefault(); run(); }
});

addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
addEventListener("online", send);

// What an earlier visit could not finish.
if (waiting.length) send();
const left = load(typing);
if (left) {
  const address = left.verb === "add" ? newAddress(left.kind) : itemAddress(left.number);
  open(address, left).then(() => { if (!waiting.length) say("Đã mở lại mục đang gõ dở của lần trước.", true); });
}
