// Files dropped, chosen or pasted are sent at once; a bar shows how much of them is gone.
const form = document.querySelector("#tha-tep");
if (form) start(form);

function start(form) {
  const input = form.querySelector("input[type=file]");
  const sending = form.querySelector(".sending");
  const [words, bar] = [sending.querySelector("p"), sending.querySelector("progress")];
  const most = { files: Number(form.dataset.files), bytes: Number(form.dataset.bytes) };
  let inside = 0;
  form.classList.add("ready");

  const over = (on) => form.classList.toggle("over", on);
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const busy = (on) => {
    form.classList.toggle("busy", on);
    sending.hidden = !on;
  };

  // The whole window takes the drop: nobody aims at a frame.
  addEventListener("dragenter", (event) => {
    if (carriesFiles(event)) { inside += 1; over(true); }
  });
  addEventListener("dragleave", (event) => {
    if (carriesFiles(event) && --inside <= 0) { inside = 0; over(false); }
  });
  addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    inside = 0;
    over(false);
    take(event.dataTransfer.files);
  });
  addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length) take(event.clipboardData.files);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  input.addEventListener("change", () => send());

  function take(files) {
    if (form.classList.contains("busy")) return;
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    input.files = all.files;
    send();
  }

  function send() {
    const files = [...input.files];
    const trouble = refuse(files);
    if (trouble) { input.value = ""; return; }
    const what = files.length === 1 ? files[0].name : `${files.length} tệp`;
    words.textContent = `Đang gửi ${what}`;
    bar.removeAttribute("value");
    form.requestSubmit();
    busy(true);
  }

  function refuse(files) {
    const large = files.find((file) => file.size > most.bytes);
    let trouble = "";
    if (!files.length) trouble = "Chưa chọn tệp nào.";
    else if (files.length > most.files) trouble = `Mỗi lần đọc được nhiều nhất ${most.files} tệp, bạn đã chọn ${files.length} tệp. Hãy chia thành nhiều lần.`;
    else if (large) trouble = `Tệp “${large.name}” lớn hơn ${Math.floor(most.bytes / 1048576)} MB. Hãy xuất lại từ Word, hoặc giảm cỡ ảnh quét.`;
    const place = document.querySelector("#tu-choi");
    place.replaceChildren();
    if (trouble) {
      const line = document.createElement("p");
      line.className = "refused";
      line.textContent = `✕ ${trouble}`;
      place.append(line);
    }
    return trouble;
  }

  form.addEventListener("htmx:xhr:progress", ({ detail }) => {
    if (detail.lengthComputable && detail.total) bar.value = (100 * detail.loaded) / detail.total;
  });
  const ended = (message) => {
    busy(false);
    input.value = "";
    if (message) {
      const line = document.createElement("p");
      line.className = "refused";
      line.textContent = `✕ ${message}`;
      document.querySelector("#tu-choi").replaceChildren(line);
    }
  };
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt !== form || detail.successful) return;
    if (![413, 422].includes(detail.xhr.status)) {
      ended(detail.xhr.status === 403 ? "Trang này đã cũ. Hãy mở lại trang rồi gửi lại." : "Không gửi được. Hãy kiểm tra mạng rồi thử lại.");
    } else ended("");
  });
  form.addEventListener("htmx:xhr:abort", () => ended(""));
  form.querySelector("[data-cancel]").addEventListener("click", () => {
    htmx.trigger(form, "htmx:abort");
    ended("");
  });
}
