// The list of a support policy: typed as in a spreadsheet, each line saved when it is left. And
// small things of these pages: ticking all, copying a text, what a kind of contribution asks for.
const form = document.querySelector("#danh-sach");

// On a phone the part that is open may lie beyond the edge.
document.querySelector(".criteria-tabs .on")?.scrollIntoView({ block: "nearest", inline: "center" });

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = button.textContent;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = "Đã chép ✓";
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

// What is ticked, and how many.
for (const all of document.querySelectorAll("[data-all]")) {
  const holder = all.closest("form");
  const ticks = () => [...holder.querySelectorAll('input[name="dong"]')];
  const count = holder.querySelector("[data-ticked]");
  const tell = () => {
    const number = ticks().filter((tick) => tick.checked).length;
    if (count) count.textContent = number ? `(${number})` : "";
  };
  all.addEventListener("change", () => { for (const tick of ticks()) tick.checked = all.checked; tell(); });
  holder.addEventListener("change", (event) => { if (event.target.name === "dong") tell(); });
  // After “back” the browser remembers ticks.
  window.addEventListener("pageshow", tell);
}

// Cash is an amount, the rest a quantity at a price: what does not apply steps back.
for (const gift of document.querySelectorAll("[data-gift]")) {
  const kind = gift.querySelector('[name="kind"]');
  const box = (name) => gift.querySelector(`[name="${name}"]`);
  const units = { people_labour: "ngày công", people_land: "m2" };
  const fit = () => {
    const cash = kind.value === "people_cash";
    const either = kind.value === "enterprise";
    for (const name of ["quantity", "unit", "price"]) box(name)?.closest(".sp-box").classList.toggle("off", cash);
    box("amount").closest(".sp-box").classList.toggle("off", !cash && !either);
    if (!cash && units[kind.value] && !box("unit").value) box("unit").value = units[kind.value];
  };
  kind.addEventListener("change", fit);
  fit();
}

if (form) grid();

function grid() {
  const saved = form.querySelector("[data-saved]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const FIELDS = ["name", "village", "identity", "address", "group", "quantity"];
  const waiting = new Set();
  let sending = false;
  form.classList.add("ready");

  const rows = () => [...form.querySelectorAll("tr[data-row]")];
  const boxOf = (row, field) => row.querySelector(`[data-field="${field}"]`);
  const valuesOf = (row) => Object.fromEntries(
    [...row.querySelectorAll("[data-field]")].map((box) => [box.dataset.field, box.value.trim()]),
  );
  const markOf = (row) => JSON.stringify(valuesOf(row));
  const say = (words, trouble = false) => { saved.textContent = words; saved.classList.toggle("trouble", trouble); };
  for (const row of rows()) row.dataset.was = markOf(row);

  // Saving: a line is sent when the cursor leaves it, with a key of its own, until it is there.
  // What is not there yet lies in this browser's storage too.

  const store = `dinhlang-ho-tro-${form.dataset.save}`;
  function load() { try { return JSON.parse(localStorage.getItem(store)) ?? []; } catch { return []; } }
  // Lines of another page of the list stay kept until that page is opened.
  let elsewhere = [];
  function keep() {
    const here = rows().filter((row) => waiting.has(row) || (row.dataset.sent && row.classList.contains("bad")));
    const open = [...elsewhere, ...here.map((row) => ({ key: row.dataset.key, pk: row.dataset.pk, seen: row.dataset.seen, values: valuesOf(row) }))];
    try {
      if (open.length) localStorage.setItem(store, JSON.stringify(open));
      else localStorage.removeItem(store);
    } catch { /* A full or forbidden storage: what is sent at once is safe all the same. */ }
  }

  function left(row) {
    const values = valuesOf(row);
    const empty = !row.dataset.pk && !FIELDS.some((field) => field !== "village" && values[field]);
    if (markOf(row) === row.dataset.was || empty) return;
    // Of a new row the key stays: it is the row's own, whatever is typed in it.
    if (!row.dataset.key || (row.dataset.pk && row.dataset.sent !== markOf(row))) row.dataset.key = crypto.randomUUID();
    row.dataset.sent = markOf(row);
    waiting.add(row);
    keep();
    say("Đang lưu…");
    send();
  }

  async function send() {
    if (sending) return;
    sending = true;
    try {
      while (waiting.size) {
        const away = new Map([...waiting].slice(0, 40).map((row) => [row, { key: row.dataset.key, sent: row.dataset.sent }]));
        const answer = await post(away);
        if (!answer) return;
        for (const [row, { key, sent }] of away) {
          // Left again, with other words, while this was on its way: it goes once more.
          const newer = row.dataset.sent !== sent;
          if (!newer) waiting.delete(row);
          const result = answer.results.find((each) => each.key === key);
          if (result) take(row, result, sent);
          if (newer && row.dataset.pk && row.dataset.key === key) row.dataset.key = crypto.randomUUID();
        }
        keep();
        totals(answer.totals);
      }
      const bad = rows().filter((row) => row.classList.contains("bad")).length;
      say(bad ? `${bad} dòng chưa lưu được, xem lời báo ở dòng.` : "Đã lưu.", bad > 0);
    } finally {
      sending = false;
    }
  }

  async function post(away) {
    const body = JSON.stringify({
      rows: [...away].map(([row, { key, sent }]) => ({ key, pk: row.dataset.pk || null, seen: Number(row.dataset.seen), ...JSON.parse(sent) })),
    });
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token, "Content-Type": "application/json" } });
      if (answer.ok && !answer.redirected) return await answer.json();
      if (answer.status >= 500) throw new Error("the server stumbled");
      say("Trang này đã cũ hoặc phiên làm việc đã hết. Hãy mở lại trang; phần vừa gõ vẫn giữ trong máy này.", true);
    } catch {
      say("Mất kết nối, phần vừa gõ còn giữ trong máy này. Đang thử lại…", true);
      setTimeout(send, 2500);
    }
    return null;
  }

  function take(row, result, sent) {
    const typedSince = sent !== markOf(row);
    const troubles = row.querySelector('[data-part="troubles"]');
    row.classList.toggle("bad", Boolean(result.error));
    if (result.error) {
      troubles.replaceChildren(line(result.error, true));
      if (result.double) boxOf(row, "double_reason").hidden = false;
      if (result.seen !== undefined) row.dataset.seen = result.seen;
      return;
    }
    const twin = rows().find((each) => each !== row && each.dataset.pk === String(result.pk));
    if (twin) {
      // An earlier visit had saved it already, and it stands in the list.
      for (const box of row.querySelectorAll("[data-field]")) box.value = "";
      delete row.dataset.key;
      delete row.dataset.sent;
      row.dataset.was = markOf(row);
      return;
    }
    row.dataset.pk = result.pk;
    row.dataset.seen = result.seen;
    row.classList.remove("new");
    if (!typedSince) {
      boxOf(row, "identity").value = result.identity;
      boxOf(row, "quantity").value = result.quantity;
      row.dataset.was = markOf(row);
    } else {
      row.dataset.was = sent;
    }
    row.querySelector('[data-part="amount"]').textContent = result.amount;
    troubles.replaceChildren(...result.troubles.map(([words, stops]) => line(words, stops)));
    const state = row.querySelector('[data-part="state"]');
    if (result.state === "listed") state.replaceChildren(result.stops ? tag("no", "!", "Trong danh sách") : tag("wait", "◌", "Trong danh sách"));
    const link = row.querySelector('[data-part="link"]');
    link.href = result.url;
    link.hidden = false;
    tick(row, result);
  }

  function tick(row, result) {
    const cell = row.querySelector(".sp-tick");
    if (cell.querySelector('[name="dong"]')) return;
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "dong", value: result.pk });
    box.setAttribute("aria-label", `Tích ${boxOf(row, "name").value}`);
    cell.replaceChildren(box);
    if (!rows().some((each) => !each.dataset.pk && !boxOf(each, "name").value)) more(1);
  }

  function line(words, stops) {
    const found = Object.assign(document.createElement("span"), { className: stops ? "sp-wrong stops" : "sp-wrong", textContent: words });
    return found;
  }

  function tag(kind, icon, words) {
    const found = Object.assign(document.createElement("span"), { className: `tag ${kind}` });
    const sign = Object.assign(document.createElement("span"), { textContent: icon });
    sign.setAttribute("aria-hidden", "true");
    found.append(sign, ` ${words}`);
    return found;
  }

  function totals(now) {
    for (const place of document.querySelectorAll("[data-total]")) {
      if (place.dataset.total in now) place.textContent = now[place.dataset.total];
    }
    const over = document.querySelector("[data-over]");
    over.replaceChildren(...now.over.map((words) => Object.assign(document.createElement("p"), {
      className: "sp-refused", textContent: `▲ ${words} Vẫn ghi danh sách được, nhưng không ghi chi quá mức này.`,
    })));
  }

  // New lines at the end, made of the last one.

  function more(count) {
    const last = rows().at(-1);
    for (let n = 0; n < count; n += 1) {
      const made = last.cloneNode(true);
      const mark = `moi${rows().length + 1}`;
      Object.assign(made.dataset, { pk: "", seen: "0", mark });
      delete made.dataset.key;
      delete made.dataset.sent;
      made.className = "new";
      made.querySelector(".sp-tick").replaceChildren("＋");
      for (const box of made.querySelectorAll("[data-field]")) {
        box.name = `${box.dataset.field}.${mark}`;
        box.value = "";
        box.readOnly = false;
      }
      boxOf(made, "double_reason").hidden = true;
      for (const part of made.querySelectorAll("[data-part]:not(a)")) part.replaceChildren();
      made.querySelector('[data-part="link"]').hidden = true;
      form.querySelector("tbody").append(made);
      made.dataset.was = markOf(made);
    }
  }

  // Keys and pasting.

  form.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!box.dataset?.field || box.tagName === "SELECT") return;
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (!step) return;
    // A list of suggestions takes the arrows itself.
    if (box.getAttribute("list") && event.key !== "Enter") return;
    event.preventDefault();
    const row = box.closest("tr");
    if (box.dataset.field === "double_reason") { left(row); return; }
    let next = rows()[rows().indexOf(row) + step];
    if (!next && step > 0) { more(1); next = rows().at(-1); }
    if (next) boxOf(next, box.dataset.field).focus();
  });

  form.addEventListener("focusout", (event) => {
    const row = event.target.closest?.("tr[data-row]");
    if (row && !row.contains(event.relatedTarget)) left(row);
  });
  form.addEventListener("change", (event) => {
    if (event.target.dataset?.field === "double_reason") left(event.target.closest("tr"));
  });

  form.addEventListener("paste", (event) => {
    const box = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!FIELDS.includes(box.dataset?.field) || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const block = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((words) => words.split("\t"));
    const from = rows().indexOf(box.closest("tr"));
    const missing = from + block.length - rows().length;
    if (missing > 0) more(missing);
    const first = FIELDS.indexOf(box.dataset.field);
    const every = rows();
    block.forEach((cells, down) => {
      cells.forEach((words, across) => {
        const field = FIELDS[first + across];
        if (field) put(boxOf(every[from + down], field), words.trim());
      });
      left(every[from + down]);
    });
  });

  function put(box, words) {
    if (box.readOnly) return;
    if (box.tagName !== "SELECT") { box.value = words; return; }
    const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase().trim();
    const wanted = plain(words);
    const found = [...box.options].find((option) => option.value && (plain(option.text) === wanted || plain(option.text).endsWith(` ${wanted}`)));
    box.value = found?.value ?? "";
  }

  let leaving = false;
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (waiting.size || rows().some((row) => row.classList.contains("bad")))) event.preventDefault();
  });
  window.addEventListener("online", send);
  form.addEventListener("submit", () => { leaving = true; });

  // What an earlier visit could not finish.
  const kept = load();
  elsewhere = kept.filter(({ pk }) => pk && !rows().some((row) => row.dataset.pk === pk));
  for (const { key, pk, seen, values } of kept.filter((each) => !elsewhere.includes(each))) {
    const empty = (row) => !row.dataset.pk && !row.dataset.key && !boxOf(row, "name").value;
    if (!pk && !rows().some(empty)) more(1);
    const row = rows().find(pk ? (each) => each.dataset.pk === pk : empty);
    for (const [field, value] of Object.entries(values)) boxOf(row, field).value = value;
    Object.assign(row.dataset, { key, seen, sent: markOf(row) });
    left(row);
  }
  keep();
}
