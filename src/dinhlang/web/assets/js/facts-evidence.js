// Files dropped anywhere on the page, chosen or photographed are sent at once.
const form = document.querySelector("#tha-minh-chung");
const said = form.querySelector("[data-said]");
const inputs = [...form.querySelectorAll("input[type=file]")];
const most = { files: Number(form.dataset.files), bytes: Number(form.dataset.bytes) };
let inside = 0;
form.classList.add("fx-ready");

const over = (on) => form.classList.toggle("fx-over", on);
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

function send(input) {
  const files = [...input.files];
  if (!files.length) return;
  const large = files.find((file) => file.size > most.bytes);
  if (files.length > most.files || large) {
    said.textContent = large
      ? `✕ Tệp “${large.name}” lớn hơn ${Math.floor(most.bytes / 1048576)} MB. Hãy quét lại với độ phân giải thấp hơn.`
      : `✕ Mỗi lần gửi nhiều nhất ${most.files} tệp. Hãy chia thành nhiều lần.`;
    input.value = "";
    return;
  }
  said.textContent = files.length === 1 ? `Đang gửi ${files[0].name}…` : `Đang gửi ${files.length} tệp…`;
  // The other chooser is empty; the server must not take it for a file.
  for (const other of inputs) other.disabled = other !== input;
  form.submit();
}

for (const input of inputs) input.addEventListener("change", () => send(input));
addEventListener("dragenter", (event) => { if (carriesFiles(event)) { inside += 1; over(true); } });
addEventListener("dragleave", (event) => { if (carriesFiles(event) && --inside <= 0) { inside = 0; over(false); } });
addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  inside = 0;
  over(false);
  inputs[0].files = event.dataTransfer.files;
  send(inputs[0]);
});
addEventListener("pageshow", () => { for (const input of inputs) input.disabled = false; });
