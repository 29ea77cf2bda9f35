// A meeting: minutes are saved at every pause and kept on this device until the office has them;
// a decision becomes a task with one key; points are put in order by dragging or with the keyboard.
const page = document.querySelector(".mt");
page.classList.add("mt-ready");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const status = document.querySelector("[data-saved]");
const PAUSE = 700;
const RETRY = 3000;

function say(words, trouble = false) {
  if (!status) return;
  status.textContent = words;
  status.classList.toggle("trouble", trouble);
}
async function post(address, fields) {
  const body = new URLSearchParams(fields);
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token() } });
}

// Minutes

class Minutes {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("textarea");
    this.base = form.querySelector("[name=goc]").value;
    this.store = `dinhlang-hop-${form.action}`;
    this.timer = 0;
    this.sending = false;
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(this.store)); } catch { kept = null; }
    if (kept && kept.text !== this.box.value) {
      this.base = kept.base;
      this.box.value = kept.text;
      this.later(0);
    }
    this.box.addEventListener("input", () => { this.keep(); this.later(PAUSE); });
    this.box.addEventListener("blur", () => { if (this.timer) this.later(0); });
  }
  keep() {
    say("Đang lưu…");
    try { localStorage.setItem(this.store, JSON.stringify({ base: this.base, text: this.box.value })); } catch { /* sent at once all the same */ }
  }
  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }
  async send() {
    if (this.sending) { this.later(PAUSE); return; }
    this.timer = 0;
    this.sending = true;
    const text = this.box.value;
    let answer = null;
    try { answer = await post(this.form.action, { goc: this.base, ghi: text }); } catch { answer = null; }
    this.sending = false;
    if (answer === null || answer.status >= 500) {
      say("Mất mạng: còn giữ trên máy này, sẽ tự gửi lại.", true);
      this.later(RETRY);
      return;
    }
    const said = await answer.json().catch(() => ({ trouble: "Hãy tải lại trang." }));
    if (!answer.ok) { say(`${said.trouble} Nội dung bạn gõ còn giữ trên máy này.`, true); return; }
    if (this.box.value !== text) {
      // Typed on meanwhile: what the office has is the base of what follows.
      if (said.merged) this.base = text;
      else this.base = said.said;
      this.keep();
      this.later(PAUSE);
      return;
    }
    this.base = said.said;
    if (said.merged && said.said !== text.trimEnd()) {
      const at = this.box.selectionStart;
      this.box.value = said.said;
      this.box.setSelectionRange(at, at);
      say(`Đã gộp với phần người khác vừa ghi, lúc ${said.at}.`);
    } else {
      say(`✓ Đã lưu lúc ${said.at}`);
    }
    try { localStorage.removeItem(this.store); } catch { /* nothing kept */ }
  }
}
const all = [...document.querySelectorAll("[data-write]")].map((form) => {
  form.addEventListener("submit", (event) => { event.preventDefault(); });
  return new Minutes(form);
});
window.addEventListener("online", () => all.forEach((each) => each.later(0)));
window.addEventListener("beforeunload", (event) => { if (all.some((each) => each.timer || each.sending)) event.preventDefault(); });

// A decision with one key

const decide = document.querySelector("[data-decide]");
decide?.querySelector("textarea").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  const button = decide.querySelector(event.ctrlKey || event.metaKey ? "[name=giao]" : "button:not([name])");
  if (decide.querySelector("textarea").value.trim()) decide.requestSubmit(button);
});
decide?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = decide.querySelector("textarea");
  const key = decide.querySelector("[name=luot]");
  const fields = { kl: box.value, luot: key.value };
  if (event.submitter?.name === "giao") fields.giao = "1";
  if (!box.value.trim()) return;
  let answer = null;
  try { answer = await post(decide.action, fields); } catch { answer = null; }
  if (answer === null) { say("Mất mạng: kết luận còn trong ô, hãy bấm lại.", true); return; }
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({}));
    say(said.trouble ?? "Chưa ghi được. Hãy tải lại trang.", true);
    return;
  }
  const list = document.querySelector("[data-decisions]");
  list.insertAdjacentHTML("beforeend", await answer.text());
  counted();
  list.lastElementChild.scrollIntoView({ block: "nearest" });
  document.querySelector("#ket-luan .n").textContent = list.children.length;
  box.value = "";
  key.value = crypto.randomUUID();
  box.focus();
});

// Which decisions become tasks when the minutes are closed

function counted() {
  const told = document.querySelector("[data-unmade]");
  if (!told) return;
  const count = document.querySelectorAll("[data-tick] input[name=giao]:checked").length;
  told.hidden = !count;
  told.querySelector("b").textContent = count;
}
document.querySelector("[data-decisions]")?.addEventListener("change", async (event) => {
  const form = event.target.closest("[data-tick]");
  if (!form) return;
  counted();
  let answer = null;
  try { answer = await post(form.action, event.target.checked ? { giao: "1" } : {}); } catch { answer = null; }
  if (answer?.ok) return;
  event.target.checked = !event.target.checked;
  counted();
  say("Chưa ghi được lựa chọn. Hãy thử lại.", true);
});

// Order

const list = document.querySelector("[data-order]");
let held = null;
async function ordered() {
  const fields = [...list.querySelectorAll("[data-item]")].map((row) => ["thu-tu", row.dataset.item]);
  try { await post(list.dataset.order, fields); } catch { location.reload(); }
}
list?.addEventListener("dragstart", (event) => { held = event.target.closest("[data-item]"); held?.classList.add("mt-held"); });
list?.addEventListener("dragend", () => { held?.classList.remove("mt-held"); held = null; });
list?.addEventListener("dragover", (event) => {
  const over = event.target.closest("[data-item]");
  if (!held || !over || over === held) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  over[event.clientY < top + height / 2 ? "before" : "after"](held);
});
list?.addEventListener("drop", (event) => { event.preventDefault(); ordered(); });
list?.addEventListener("keydown", (event) => {
  const row = event.target;
  if (!event.altKey || !row.dataset?.item || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  if (event.key === "ArrowUp") row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  row.focus();
  ordered();
});

// Offices by a tap; the invitation to paste

document.querySelectorAll("[data-chips]").forEach((chips) => {
  chips.hidden = false;
  const box = document.getElementById(chips.dataset.chips);
  chips.addEventListener("click", (event) => {
    const chip = event.target.closest(".mt-chip");
    if (!chip) return;
    const lines = box.value.split("\n").filter((line) => line.trim());
    if (!lines.includes(chip.textContent)) lines.push(chip.textContent);
    box.value = lines.join("\n");
  });
});
const copy = document.querySelector("[data-copy-button]");
if (copy) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const box = document.querySelector("[data-copy]");
    try { await navigator.clipboard.writeText(box.value); } catch { box.select(); document.execCommand("copy"); }
    copy.textContent = "✓ Đã chép";
  });
}
