// Correcting, adding, splitting and merging beside the text: the form is taken out of its own page, which works without.
"use strict";

(() => {
  if (!window.htmx || !document.getElementById("reading")) return;
  let box = null; // the form that is open, in what stands around it
  let spot = ""; // the id of where it stands

  const place = (of) => of.closest(".proposal, .merge")?.id || "spot-add";
  const stand = () => document.getElementById(spot)?.append(box);
  const close = () => {
    const was = document.getElementById(spot);
    box.remove();
    box = null;
    (was?.closest(".proposal") || was)?.focus?.();
    // What moved meanwhile was not shown, so that nothing typed was lost.
    htmx.ajax("GET", location.href, { target: "#reading", select: "#reading", swap: "outerHTML" });
  };

  // ── The form out of the page that it has of its own ──
  const taken = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const found = page.querySelector("[data-correcting]");
    if (!found) return null;
    const made = document.createElement("section");
    const head = made.appendChild(document.createElement(document.getElementById(spot)?.matches(".proposal") ? "h4" : "h3"));
    head.textContent = page.querySelector("h1").textContent;
    head.id = "beside-head";
    made.className = "beside";
    made.dataset.keep = "";
    made.setAttribute("aria-labelledby", head.id);
    made.append(document.adoptNode(found));
    if (document.getElementById("text")) made.querySelector(".context")?.remove();
    for (const link of made.querySelectorAll('a[href^="?"]')) link.href = new URL(link.getAttribute("href"), address).href;
    for (const form of made.querySelectorAll("form")) {
      form.action = address;
      form.classList.add("act");
    }
    return made;
  };
  const show = (html, address) => {
    const made = taken(html, address);
    if (!made) return location.assign(address); // signed out, or not there: the page itself says which
    box?.remove();
    box = made;
    stand();
    const first = ["[aria-invalid]", "textarea, select, input:not([type=hidden])", "a"].map((each) => made.querySelector(each));
    first.find(Boolean)?.focus();
    made.scrollIntoView({ block: "nearest" });
  };
  const open = async (address, where) => {
    if (box && box.dataset.typed !== undefined && where !== spot) return box.scrollIntoView({ block: "nearest" });
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      spot = where;
      show(await answer.text(), address);
    } catch {
      location.assign(address);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.matches("[data-leave]") && box?.contains(link)) close();
    else if (link.matches("[data-beside]")) open(link.href, box?.contains(link) ? spot : place(link));
    else return;
    event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".merge > form")) return;
    event.preventDefault();
    open(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`, place(event.target));
  });
  document.addEventListener("input", (event) => {
    if (box?.contains(event.target)) box.dataset.typed = "";
  });

  // ── What comes back ──
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig, target } = event.detail;
    const own = box?.contains(requestConfig?.elt);
    if (own && xhr.status === 422) {
      event.detail.isError = event.detail.shouldSwap = false;
      show(xhr.responseText, requestConfig.elt.action);
      box.dataset.typed = "";
    } else if (own && event.detail.shouldSwap && target.id === "reading") box = null; // it was kept
  });
  // What is typed outlives a decision about something else.
  document.addEventListener("htmx:afterSwap", () => {
    if (box && !box.isConnected) stand();
  });
})();
