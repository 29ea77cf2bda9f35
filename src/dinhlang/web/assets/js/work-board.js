// The board: cards dragged by mouse or finger, or moved by keys. Each move is sent at once; what
// the office does not accept goes back to where it was, and says why.
const board = document.querySelector("[data-wv-board]");
const toast = document.querySelector("[data-wv-toast]");
const ask = document.querySelector("[data-wv-ask]");
const token = board.querySelector("[name=csrfmiddlewaretoken]").value;
const mayEdit = board.dataset.mayEdit === "1";
const mayReview = board.dataset.mayReview === "1";
const columns = [...board.querySelectorAll(".wv-column")];
const LONG_PRESS = 280;
const FAR = 6;
const TOAST_TIME = 60_000;

const columnOf = (state) => columns.find((column) => column.dataset.state === state);
const cardsOf = (column) => [...column.querySelectorAll(".wv-card")];
const stateOf = (card) => card.closest(".wv-column").dataset.state;
let undoable = null;
let toastTimer = 0;

// Saying things

function say(words, card = null) {
  toast.querySelector("[data-said]").textContent = words;
  toast.querySelector("[data-undo]").hidden = !card;
  toast.hidden = false;
  undoable = card;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; undoable = null; }, card ? TOAST_TIME : 8_000);
}

// Asks for the words a state needs; resolves with them, or with null where the person lets it be.
function askFor({ title, about, question, trouble = "", typed = "", yes = "Chuyển", no = "Thôi", href = "" }) {
  ask.querySelector("[data-title]").textContent = title;
  ask.querySelector("[data-about]").textContent = about;
  const field = ask.querySelector("[data-answer]");
  field.value = typed;
  field.closest("label").hidden = !question;
  ask.querySelector("[data-question]").textContent = question ?? "";
  const note = ask.querySelector("[data-trouble]");
  note.textContent = trouble;
  note.hidden = !trouble;
  ask.querySelector("[data-yes]").textContent = yes;
  ask.querySelector("[data-no]").textContent = no;
  const open = ask.querySelector("[data-open]");
  open.hidden = !href;
  open.href = href || "#";
  ask.returnValue = "";
  ask.showModal();
  if (question) field.focus();
  else ask.querySelector("[data-no]").focus();
  return new Promise((resolve) => {
    ask.addEventListener("close", () => resolve(ask.returnValue === "yes" ? field.value.trim() : null), { once: true });
  });
}
ask.querySelector("[data-answer]").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask.querySelector("[data-yes]").click(); }
});

// Moving

async function send(address, fields) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-CSRFToken": token, Accept: "application/json" },
    });
  } catch {
    return { status: 0, message: "Mất kết nối, chưa chuyển được. Thẻ đã về chỗ cũ." };
  }
  if (answer.redirected) return { status: 401, message: "Phiên đăng nhập đã hết. Hãy tải lại trang." };
  const data = await answer.json().catch(() => ({ message: "Chưa chuyển được. Hãy tải lại trang." }));
  return { status: answer.status, ...data };
}

function put(card, state, before = undefined) {
  const from = card.closest(".wv-column");
  const to = columnOf(state);
  if (from === to && before === undefined) return;
  to.querySelector(".wv-cards").insertBefore(card, before ?? to.querySelector(".wv-card"));
  if (from === to) return;
  for (const [column, step] of [[from, -1], [to, 1]]) {
    const count = column.querySelector("[data-count]");
    count.textContent = String(Number(count.textContent) + step);
  }
}

function took(card, said) {
  card.dataset.revision = String(said.revision);
  card.dataset.waiting = said.waiting_for ?? "";
  card.dataset.reason = said.reason ?? "";
  const told = card.querySelector("[data-told]");
  if (told && !said.waiting_for) told.parentElement.remove();
  else if (told) told.textContent = `chờ ${said.waiting_for}`;
  else if (said.waiting_for) {
    const line = document.createElement("p");
    line.className = "wv-about";
    const words = document.createElement("span");
    words.className = "wv-wait";
    words.dataset.told = "";
    words.textContent = `chờ ${said.waiting_for}`;
    line.append(words);
    card.querySelector("a").after(line);
  }
}

async function move(card, state, words = null) {
  if (!mayEdit || card.dataset.busy || state === stateOf(card)) return;
  const from = stateOf(card);
  const next = card.nextElementSibling;
  const text = card.querySelector("a").textContent.trim();
  const href = card.querySelector("a").href;
  const to = columnOf(state);
  if (state === "accepted" && !mayReview) { say("Nghiệm thu là việc của lãnh đạo, cán bộ tổng hợp."); return; }
  let said = words;
  const needsWords = state === "waiting" || state === "dropped" || state === "accepted" || from === "accepted" || (state === "done" && card.dataset.product);
  if (said === null && needsWords) {
    const question = from === "accepted" ? "Vì sao trả lại?" : to.dataset.needs;
    const about = state === "done" && card.dataset.product ? `${text}. Sản phẩm phải giao: ${card.dataset.product}` : text;
    said = await askFor({ title: `Chuyển sang “${to.dataset.words}”`, about, question, href: state === "accepted" ? card.dataset.accept : state === "done" ? href : "" });
    if (said === null) { card.focus(); return; }
  }
  card.dataset.busy = "1";
  card.classList.add("is-busy");
  put(card, state);
  card.focus({ preventScroll: true });
  const fields = { luot: crypto.randomUUID(), seen: card.dataset.revision, tt: state };
  if (said) fields[from === "accepted" ? "ghi-chu" : to.dataset.field || "ghi-chu"] = said;
  const answer = await send(card.dataset.move, fields);
  delete card.dataset.busy;
  card.classList.remove("is-busy");
  if (answer.status === 200) {
    put(card, answer.state);
    took(card, answer);
    say(`“${short(text)}” đã sang “${answer.words}”.`, answer.state === "accepted" ? null : card);
    card.focus();
    return;
  }
  put(card, from, next);
  card.focus();
  if (answer.status === 409) await overtaken(card, state, answer, said);
  else if (answer.status === 422 && answer.field) {
    const question = { waiting_for: "Đang chờ ai, chờ việc gì?", reason: "Vì sao không làm nữa?", note: to.dataset.needs || "Ghi chú" }[answer.field];
    if (!question) { say(answer.message); return; }
    const again = await askFor({ title: `Chuyển sang “${to.dataset.words}”`, about: text, question, trouble: answer.message, typed: said ?? "", href });
    if (again !== null) await move(card, state, again);
  } else say(answer.message);
}

// Somebody moved it meanwhile: what they did is shown where it now stands, and the person decides.
async function overtaken(card, state, answer, said) {
  put(card, answer.state);
  took(card, answer);
  const words = columnOf(state).dataset.words;
  const decided = await askFor({
    title: "Việc này vừa có người đổi", about: answer.message, question: "",
    yes: `Vẫn chuyển sang “${words}”`, no: `Giữ “${answer.words}”`,
  });
  if (decided !== null) await move(card, state, said ?? (columnOf(state).dataset.needs ? null : ""));
  else card.focus();
}

async function undo() {
  const card = undoable;
  if (!card) return;
  toast.hidden = true;
  undoable = null;
  const answer = await send(`${card.dataset.move}-lai`, {});
  if (answer.state) { put(card, answer.state); took(card, answer); }
  say(answer.status === 200 ? `Đã trả về “${answer.words}”.` : answer.message);
  card.focus();
}
toast.querySelector("[data-undo]").addEventListener("click", undo);

function short(text) {
  return text.length > 50 ? `${text.slice(0, 48).trimEnd()}…` : text;
}

// Choosing from a list, for those who neither drag nor type

const picking = document.querySelector("[data-wv-states]");
board.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-wv-pick]");
  if (!pick) return;
  event.preventDefault();
  const card = pick.closest(".wv-card");
  picking.querySelector("[data-about]").textContent = card.querySelector("a").textContent.trim();
  for (const button of picking.querySelectorAll("button[value]")) button.disabled = button.value === stateOf(card);
  picking.returnValue = "";
  picking.showModal();
  picking.addEventListener("close", () => { if (picking.returnValue) move(card, picking.returnValue); else card.focus(); }, { once: true });
});

// Keys

function focusCard(card) {
  for (const other of board.querySelectorAll(".wv-card[tabindex='0']")) other.tabIndex = -1;
  card.tabIndex = 0;
  card.focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function beside(card, step) {
  const at = columns.indexOf(card.closest(".wv-column"));
  const row = cardsOf(columns[at]).indexOf(card);
  for (let next = at + step; next >= 0 && next < columns.length; next += step) {
    const cards = cardsOf(columns[next]);
    if (cards.length) return cards[Math.min(row, cards.length - 1)];
  }
  return null;
}

board.addEventListener("focusin", (event) => {
  const card = event.target.closest(".wv-card");
  if (!card || event.target !== card) return;
  for (const other of board.querySelectorAll(".wv-card[tabindex='0']")) other.tabIndex = -1;
  card.tabIndex = 0;
});

board.addEventListener("keydown", (event) => {
  const card = event.target.closest(".wv-card");
  if (!card || event.target !== card || event.ctrlKey || event.altKey || event.metaKey) return;
  const at = columns.indexOf(card.closest(".wv-column"));
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && event.shiftKey) {
    const to = columns[at + step];
    if (to) move(card, to.dataset.state);
  } else if (step) {
    const next = beside(card, step);
    if (next) focusCard(next);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const cards = cardsOf(columns[at]);
    const next = cards[cards.indexOf(card) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) focusCard(next);
  } else if (event.key === "Home" || event.key === "End") {
    const cards = cardsOf(columns[at]);
    focusCard(event.key === "Home" ? cards[0] : cards.at(-1));
  } else if (/^[1-6]$/.test(event.key)) {
    const to = columns[Number(event.key) - 1];
    if (to) move(card, to.dataset.state);
  } else if (event.key === "Enter") {
    location.assign(card.querySelector("a").href);
  } else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (event.key.toLowerCase() === "z" && !typing && undoable) { event.preventDefault(); undo(); }
});

// Dragging: a mouse lifts a card once it moves, a finger once it rests on it.

let drag = null;

function lift(event) {
  const box = drag.card.getBoundingClientRect();
  const ghost = drag.card.cloneNode(true);
  ghost.className = "wv-card wv-ghost";
  ghost.removeAttribute("id");
  ghost.style.width = `${box.width}px`;
  document.querySelector(".work-views").append(ghost);
  Object.assign(drag, { ghost, dx: drag.x - box.left, dy: drag.y - box.top, lifted: true });
  drag.card.classList.add("is-lifted");
  document.body.classList.add("wv-dragging");
  try { drag.card.setPointerCapture(drag.id); } catch { /* The pointer is gone already. */ }
  carry(event);
}

function carry({ clientX, clientY }) {
  drag.at = { clientX, clientY };
  drag.ghost.style.left = `${clientX - drag.dx}px`;
  drag.ghost.style.top = `${clientY - drag.dy}px`;
  const under = document.elementsFromPoint(clientX, clientY).map((each) => each.closest?.(".wv-column")).find(Boolean);
  for (const column of columns) column.classList.toggle("is-over", column === under && column !== drag.card.closest(".wv-column"));
  drag.over = under ?? null;
  const box = board.getBoundingClientRect();
  drag.push = clientX > box.right - 50 ? 1 : clientX < box.left + 50 ? -1 : 0;
  if (drag.push && !drag.pushing) { drag.pushing = true; requestAnimationFrame(push); }
}

function push() {
  if (!drag?.push) { if (drag) drag.pushing = false; return; }
  board.scrollLeft += drag.push * 9;
  carry(drag.at); // Another column has come under it.
  requestAnimationFrame(push);
}

function drop(keep) {
  if (!drag) return;
  const { card, ghost, over, timer, lifted } = drag;
  clearTimeout(timer);
  drag = null;
  ghost?.remove();
  card.classList.remove("is-lifted");
  document.body.classList.remove("wv-dragging");
  for (const column of columns) column.classList.remove("is-over");
  if (!lifted) return;
  // The click that ends a drag opens nothing.
  const swallow = (event) => { event.preventDefault(); event.stopPropagation(); };
  addEventListener("click", swallow, true);
  setTimeout(() => removeEventListener("click", swallow, true), 50);
  if (keep && over) move(card, over.dataset.state);
}

if (mayEdit) {
  document.querySelector("[data-wv-hint]").hidden = false;
  for (const card of board.querySelectorAll(".wv-card")) card.classList.add("can-drag");
  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".wv-card");
    if (!card || event.button !== 0 || event.target.closest("[data-wv-pick]") || card.dataset.busy) return;
    drag = { card, id: event.pointerId, x: event.clientX, y: event.clientY, touch: event.pointerType !== "mouse" };
    if (drag.touch) drag.timer = setTimeout(() => drag && lift({ clientX: drag.x, clientY: drag.y }), LONG_PRESS);
  });
  addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    if (drag.lifted) { carry(event); return; }
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > FAR;
    if (far && drag.touch) drop(false); // A finger that moves at once scrolls.
    else if (far) lift(event);
  });
  addEventListener("pointerup", (event) => { if (drag?.id === event.pointerId) drop(true); });
  addEventListener("pointercancel", (event) => { if (drag?.id === event.pointerId) drop(false); });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && drag?.lifted) drop(false); });
  // While a finger carries a card the page stands still.
  board.addEventListener("touchmove", (event) => { if (drag?.lifted) event.preventDefault(); }, { passive: false });
  board.addEventListener("contextmenu", (event) => { if (drag?.touch) event.preventDefault(); });
  board.addEventListener("dragstart", (event) => event.preventDefault());
}
