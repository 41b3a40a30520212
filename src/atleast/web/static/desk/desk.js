// Everything here is a convenience: each page works without it.
"use strict";

// What moves elsewhere moves here: parts marked data-follow are fetched anew when the case moves.
(() => {
  const address = document.body.dataset.live;
  const parts = () => document.querySelectorAll("[data-follow]");
  if (!address || !window.EventSource || !parts().length) return;
  // A form that was opened in a part keeps it as it is, wherever the focus is.
  const typing = (part) =>
    part.querySelector("[data-keep]") !== null ||
    (part.contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox]), textarea, select"));
  let wait = null;
  let decided = 0; // when what was done here was last answered
  document.addEventListener("htmx:beforeSend", (event) => (event.detail.xhr.sent = performance.now()));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig, xhr } = event.detail;
    if (requestConfig?.verb !== "get") decided = performance.now();
    else if (requestConfig.headers["X-Follow"]) {
      // Somebody may have begun to type since it was asked for: letters that lost their field would be taken for commands.
      // And what was asked for before the last decision was answered may not know of it yet.
      const late = xhr.sent < decided;
      if (late) again();
      if (late || typing(target)) event.detail.shouldSwap = false;
    }
  });
  const refresh = () => {
    for (const part of parts()) {
      if (typing(part)) continue;
      htmx.ajax("GET", location.href, { target: part, select: `#${part.id}`, swap: "outerHTML", headers: { "X-Follow": part.id } });
    }
  };
  const again = () => {
    clearTimeout(wait);
    wait = setTimeout(refresh, 80);
  };
  const stream = new EventSource(address);
  stream.addEventListener("moved", again);
  addEventListener("pagehide", () => stream.close());
})();

// Where the rooms do not fit beside one another, the one that is open is in sight.
document.querySelector(".rooms [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// htmx answers with the token that every form carries.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});
