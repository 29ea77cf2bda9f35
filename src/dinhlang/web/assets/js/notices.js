// The number of unread notices in the frame; asked for at most once a minute.
(() => {
  "use strict";
  const KEY = "thong-bao";
  const EVERY = 60_000;
  const link = document.querySelector("[data-notices]");
  if (!link) return;
  const badge = link.querySelector(".unread");

  const show = (count) => {
    badge.hidden = count === 0;
    badge.textContent = count > 99 ? "99+" : String(count);
    link.setAttribute("aria-label", count ? `Thông báo, ${count} chưa đọc` : "Thông báo");
  };

  const kept = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    } catch {
      return {};
    }
  };

  const ask = async () => {
    try {
      const answer = await fetch(link.dataset.notices, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const count = (await answer.json()).chua_doc;
      sessionStorage.setItem(KEY, JSON.stringify({ count, at: Date.now(), who: link.dataset.who }));
      show(count);
    } catch {
      // No line, no number.
    }
  };

  // What is being read now must not be counted on the next page.
  document.addEventListener("submit", ({ target }) => {
    if (target.action.endsWith("/thong-bao/doc")) sessionStorage.removeItem(KEY);
  });

  const { count, at, who } = kept();
  const isFresh = who === link.dataset.who && Date.now() - at < EVERY;
  if (isFresh) show(count);
  if (!isFresh || link.hasAttribute("aria-current")) ask();
})();
