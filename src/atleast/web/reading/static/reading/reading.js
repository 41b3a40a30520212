// Keys, selecting words and deciding without leaving the place: each page works without it.
"use strict";

(() => {
  const keys = document.querySelector("[data-keys]");
  if (!keys) return;
  keys.hidden = false;
  const card = keys.querySelector("dialog");
  const switched = keys.querySelector("[data-keys-on]");
  const told = keys.querySelector("[data-told]");
  const all = () => [...document.querySelectorAll(".proposal")];
  let current = null; // the id of the proposal that keys are about
  let acted = false;
  let changedAt = 0;

  // ── Whether single keys work: kept in this browser only ──
  const kept = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("keys", value);
      return localStorage.getItem("keys");
    } catch {
      return null;
    }
  };
  switched.checked = kept() !== "off";
  switched.addEventListener("change", () => kept(switched.checked ? "on" : "off"));
  keys.querySelector("[data-keys-show]").addEventListener("click", () => card.showModal());

  // ── Where the reader is ──
  const here = () => all().find((each) => each.id === current) || null;
  const go = (proposal) => {
    if (!proposal) return;
    all().forEach((each) => each.classList.toggle("current", each === proposal));
    current = proposal.id;
    proposal.focus({ preventScroll: true });
    proposal.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const list = all();
    const at = list.indexOf(here());
    go(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)]);
  };
  document.addEventListener("focusin", (event) => {
    const proposal = event.target.closest(".proposal");
    if (proposal) current = proposal.id;
  });

  // ── Selecting words: offsets count code points, not the halves that scripts count in ──
  const points = (text) => [...text].length;
  const offset = (node, at) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const run = element.closest("[data-start]");
    if (run && node.nodeType === Node.TEXT_NODE) return Number(run.dataset.start) + points(node.data.slice(0, at));
    // Between two runs, or in the small number behind one: the next run begins there.
    const runs = [...document.querySelectorAll("#text [data-start]")];
    const spot = document.createRange();
    spot.setStart(node, at);
    const next = runs.find((each) => spot.comparePoint(each, 0) >= 0);
    const last = runs.at(-1);
    return next ? Number(next.dataset.start) : last ? Number(last.dataset.start) + points(last.textContent) : null;
  };
  const selected = () => {
    const text = document.getElementById("text");
    const selection = document.getSelection();
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    return start === null || end === null || end <= start ? null : { start, end };
  };
  const adding = () => {
    const link = document.getElementById("add-link");
    const found = selected();
    if (!link || !found) return null;
    const address = new URL(link.href);
    address.searchParams.set("start", found.start);
    address.searchParams.set("end", found.end);
    return address.href;
  };
  document.addEventListener("click", (event) => {
    if (event.target.id !== "add-link") return;
    event.target.href = adding() || event.target.href;
  });

  // ── Keys ──
  const press = (key) => {
    const proposal = here() || all().find((each) => "open" in each.dataset);
    if (!proposal) return;
    // What decides at once is not done to something that has just changed under the reader's eyes.
    if ("aux".includes(key) && Date.now() - changedAt < 1500) {
      told.textContent = told.dataset.moved;
      return;
    }
    current = proposal.id;
    const control = proposal.querySelector(`[data-key="${key}"]`);
    if (!control) return;
    if (key === "r") {
      control.parentElement.open = true;
      control.parentElement.querySelector("input[name=why]").focus();
    } else if (proposal.querySelectorAll(`[data-key="${key}"]`).length > 1) {
      control.focus(); // several versions: the reader chooses
    } else control.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !switched.checked) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") && event.target.type !== "checkbox") return;
    if (card.open) return;
    const key = event.key;
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "?") card.showModal();
    else if (key === "n") document.querySelector('[data-key="n"]')?.click();
    else if (key === "a" && adding()) document.getElementById("add-link").click();
    else if ("aerxsu".includes(key) && !event.repeat) press(key);
    else return;
    event.preventDefault();
  });

  // ── Deciding in place: the answer is the page, of which the part that moved is taken ──
  let before = null;
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.act");
    if (!form || !window.htmx) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    acted = true;
    current = form.closest(".proposal")?.id || current;
    // Of a form that was replaced meanwhile nobody else hears.
    form.addEventListener("htmx:beforeOnLoad", anew);
    htmx.ajax("POST", form.action, {
      source: form,
      target: "#reading",
      select: "#reading",
      swap: "outerHTML",
      selectOOB: "#messages",
      values: data,
    });
  });
  // An answer may come for a part that was replaced meanwhile: then the part is fetched anew.
  const anew = (event) => {
    if (event.defaultPrevented || !event.detail.target || event.detail.target.isConnected) return;
    event.preventDefault();
    htmx.ajax("GET", location.href, { target: "#reading", select: "#reading", swap: "outerHTML" });
  };
  document.addEventListener("htmx:beforeOnLoad", anew);
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "reading") return;
    if (event.detail.xhr.status === 422) acted = false; // something has to be put right first
    if (!event.detail.shouldSwap) return;
    if (!event.detail.xhr.responseText.includes('id="reading"')) {
      event.detail.shouldSwap = false;
      location.reload(); // signed out, or the page is gone: the server says which
      return;
    }
    before = {
      names: all().map((each) => each.id),
      open: [...document.querySelectorAll("#reading details[open][id]")].map((each) => each.id),
      typed: [...document.querySelectorAll("#reading input[id^=why-]")].map((each) => [each.id, each.value]),
      on: here()?.dataset.on,
      inside: document.getElementById("reading").contains(document.activeElement),
      field: document.activeElement?.id?.startsWith("why-") ? document.activeElement.id : "",
      at: document.activeElement?.selectionStart,
    };
  });
  // All at once when the new part is there: a key pressed a moment later finds everything in its place.
  document.addEventListener("htmx:afterSwap", () => {
    if (!before) return;
    const was = before;
    before = null;
    for (const id of was.open) document.getElementById(id)?.setAttribute("open", "");
    for (const [id, value] of was.typed) if (document.getElementById(id)) document.getElementById(id).value = value;
    const field = was.field && document.getElementById(was.field);
    const proposal = here();
    if (field) {
      // Whoever was typing goes on typing, or the letters to come would be taken for commands.
      field.closest("details").open = true;
      field.focus();
      field.setSelectionRange(was.at, was.at);
    } else if (acted) {
      const list = all();
      const added = list.find((each) => !was.names.includes(each.id));
      const next = list.slice(list.indexOf(proposal) + 1).find((each) => "open" in each.dataset);
      const done = proposal && !("open" in proposal.dataset);
      go(added || (done && next) || proposal || list[0]);
    } else if (proposal && was.inside && !proposal.contains(document.activeElement)) {
      proposal.focus({ preventScroll: true });
    }
    if (!acted && ((was.field && !field) || (proposal && was.on !== undefined && proposal.dataset.on !== was.on))) {
      changedAt = Date.now();
      told.textContent = told.dataset.moved;
    }
    acted = false;
  });
  // While a part settles, htmx puts back the classes that it had.
  document.addEventListener("htmx:afterSettle", () => {
    all().forEach((each) => each.classList.toggle("current", each === here()));
  });
  for (const failed of ["htmx:responseError", "htmx:sendError"])
    document.addEventListener(failed, () => {
      if (acted) told.textContent = told.dataset.failed;
      acted = false;
    });

  // A report opened at one of its proposals, or after a correction.
  const wanted = location.hash.startsWith("#p-") && document.getElementById(location.hash.slice(1));
  if (wanted) go(wanted);
})();
