// On a narrow screen the topics of the entry grid fold, so that the page is not dozens of screens long.
const narrow = matchMedia("(max-width: 760px)");
const topics = [...document.querySelectorAll(".fx-grid:not(.fx-villages) > tbody")];
const FEW = 8;
const lines = topics.reduce((sum, topic) => sum + topic.rows.length - 1, 0);

function fold(topic, folded) {
  topic.classList.toggle("fx-folded", folded);
  topic.querySelector(".fx-topic button")?.setAttribute("aria-expanded", String(!folded));
}
function button(topic) {
  const head = topic.querySelector(".fx-topic th");
  if (!head || head.querySelector("button")) return;
  const made = Object.assign(document.createElement("button"), { type: "button", className: "fx-fold" });
  made.append(...head.childNodes);
  head.append(made);
  made.addEventListener("click", () => fold(topic, !topic.classList.contains("fx-folded")));
}
function arrange() {
  const long = narrow.matches && lines > FEW && topics.length > 1;
  topics.forEach((topic, place) => {
    if (long) button(topic);
    const wanted = place === 0 || topic.querySelector(".fx-bad") || (location.hash && topic.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`));
    fold(topic, long && !wanted);
  });
}
arrange();
narrow.addEventListener("change", arrange);
