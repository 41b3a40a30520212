// Keeps a call while it is typed: at the desk, and while the desk cannot be reached in this browser, sealed with a key
// that the desk gave with the page. Without scripts the same is done by buttons.
"use strict";

(() => {
  const form = document.getElementById("call");
  if (!form) return;
  const said = form.dataset;
  const notes = form.elements.text;
  const panel = document.getElementById("understood");
  const saved = document.getElementById("saved");
  const state = document.getElementById("state");
  const token = () => form.elements.csrfmiddlewaretoken;
  const name = () => form.elements.call.value;
  const tab = hex(crypto.getRandomValues(new Uint8Array(12)));
  let key = said.key;
  let turn = 0; // goes up with each change; the same turn is the same content
  let kept = 0; // the last turn that the desk has
  let busy = false, gone = false, wantsToSend = false, wait = null, failures = 0, apart = null;
  const marks = new Map();

  // ── What lies in this browser: ciphertext only ──

  const store = crypto.subtle && (() => { try { return window.localStorage; } catch { return null; } })();
  const shelf = (owner) => `atleast.call.${owner}.`;
  const place = () => shelf(form.elements.owner.value) + name();
  let order = Promise.resolve(); // one after another, so that an older writing never comes after a newer one

  function hex(bytes) { return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""); }
  const bytes = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const opener = (told) => crypto.subtle.importKey("raw", bytes(told), "AES-GCM", false, ["encrypt", "decrypt"]);

  const keepHere = () => {
    if (!store) return order;
    const where = place(), told = key, now = turn, content = JSON.stringify(content_());
    order = order.then(async () => {
      if (kept >= now || gone) return;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await opener(told), new TextEncoder().encode(content));
      if (kept < now && !gone) store.setItem(where, `${hex(iv)}.${hex(new Uint8Array(sealed))}`);
    }).catch(() => {});
    return order;
  };
  const dropHere = (where) => { if (store) order = order.then(() => store.removeItem(where)); };
  const openHere = async (value, told) => {
    const [iv, sealed] = value.split(".");
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, await opener(told), bytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  };

  // ── What is told ──

  const lines = () => notes.value.split("\n").filter((line) => line.trim()).length;
  const tell = (words, { waiting = false, link = null } = {}) => {
    const parts = [words];
    if (link) {
      const a = document.createElement("a");
      [a.href, a.textContent] = link;
      parts.push(" ", a);
    }
    if (state.textContent === [words, link && link[1]].filter(Boolean).join(" ")) return;
    state.replaceChildren(...parts);
    state.parentElement.classList.toggle("waiting", waiting);
  };
  const tellWaiting = () => {
    const words = `${store ? said.saidWaiting : said.saidBare} ${lines()}`;
    tell(wantsToSend ? `${words}. ${said.saidSending}` : words, { waiting: true });
  };

  // ── Keeping at the desk ──

  function content_() {
    const given = [...new FormData(form)].filter(([each]) => each !== "csrfmiddlewaretoken" && each !== "tab");
    for (const mark of marks.values()) given.push(["mark", mark]);
    given.push(["tab", tab], ["turn", String(turn)]);
    return given;
  }

  const post = async (content, more = []) => {
    const body = new URLSearchParams([...content, ...more, ["csrfmiddlewaretoken", token().value]]);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), 12000);
    try {
      return await fetch(form.action, { method: "POST", body, signal: stop.signal, headers: { Accept: "application/json" }, redirect: "error", keepalive: String(body).length < 60000 });
    } finally {
      clearTimeout(late);
    }
  };

  // A new sign-in makes forms stale; what was typed in them is not.
  const freshToken = async (names = []) => {
    const asked = new URLSearchParams(names.map((each) => ["of", each]));
    const answer = await fetch(`${said.keys}?${asked}`, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) throw answer.status;
    const told = await answer.json();
    token().value = told.token;
    return told;
  };

  const save = async () => {
    clearTimeout(wait);
    if (busy || gone || (turn === kept && !wantsToSend)) return;
    busy = true;
    // What is asked for while this is under way is asked for in the next one.
    const now = turn, marked = [...marks], sending = wantsToSend;
    if (!failures) saved.textContent = said.saidSaving;
    try {
      let answer = await post(content_(), sending ? [["do", "send"]] : []);
      if (answer.status === 403) {
        await freshToken();
        answer = await post(content_(), sending ? [["do", "send"]] : []);
      }
      if (!answer.ok) throw answer;
      await taken(await answer.json(), now, marked, sending);
    } catch (fault) {
      await failed(fault);
    } finally {
      busy = false;
    }
    if (!gone && !failures && (turn !== kept || wantsToSend)) later(wantsToSend ? 0 : 300);
  };

  const taken = async (told, now, marked, sending) => {
    failures = 0;
    kept = Math.max(kept, now);
    for (const [each, value] of marked) if (marks.get(each) === value) marks.delete(each);
    if (turn === now) dropHere(place());
    if (told.gone) {
      // What was typed while it was being sent is kept as a call that adds to it.
      for (let last = now; told && turn !== last; ) {
        last = turn;
        told = await post(content_()).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
      }
      if (told) dropHere(place());
      else await keepHere();
      gone = true;
      await order;
      location.assign(told ? told.where : said.new); // what could not be sent lies here, and is sent from there
      return;
    }
    if (told.call) follow(told);
    if (sending) wantsToSend = false;
  };

  const follow = (told) => {
    if (name() !== told.call) {
      dropHere(place());
      const first = new URL(told.where.replace(told.call, name()), location.href);
      form.elements.call.value = told.call;
      key = told.key;
      apart = [first.pathname, said.saidBoth];
    }
    tell(apart ? said.saidApart : "", { link: apart });
    form.elements.seen.value = told.version;
    if (told.slip) form.elements.slip.value = told.slip;
    if (told.version && location.pathname !== told.where) history.replaceState(null, "", told.where);
    saved.textContent = told.version ? `${said.saidSaved} ${told.saved}` : "";
    const wrong = Object.entries(told.wrong);
    if (wrong.length) {
      tell(wrong.map(([, words]) => words).join(" "), { waiting: true });
      form.elements[wrong[0][0]].focus();
    }
    show(told.understood);
    if (turn !== kept) keepHere();
  };

  const failed = async (fault) => {
    const status = fault instanceof Response ? fault.status : typeof fault === "number" ? fault : 0;
    failures += 1;
    saved.textContent = "";
    panel.classList.add("stale");
    await keepHere();
    if (status === 401) tell(said.saidOut, { waiting: true, link: [`${said.signIn}?next=${encodeURIComponent(location.pathname)}`, said.saidIn] });
    else if (status === 409) tell(said.saidOther, { waiting: true });
    else if (status === 403 || status === 404) tell(said.saidBarred, { waiting: true });
    else if (status === 400) tell((await fault.json().catch(() => ({}))).error || said.saidBarred, { waiting: true });
    else tellWaiting();
    const asked = fault instanceof Response && Number(fault.headers.get("Retry-After"));
    later(asked ? asked * 1000 : Math.min(30000, 1000 * 2 ** Math.min(failures, 5)));
  };

  const later = (milliseconds) => {
    clearTimeout(wait);
    wait = setTimeout(save, milliseconds);
  };

  const changed = (soon) => {
    turn += 1;
    if (failures) tellWaitingLines(); else { saved.textContent = said.saidTyping; }
    keepHere();
    if (!failures || soon) later(soon ? 0 : 700);
  };
  const tellWaitingLines = () => { if (state.textContent.includes(said.saidWaiting) || state.textContent.includes(said.saidBare)) tellWaiting(); };

  const send = () => {
    wantsToSend = true;
    turn += 1;
    keepHere();
    later(0);
  };

  // ── What was understood, with keys ──

  const items = () => [...panel.querySelectorAll(".proposal")];
  const undecided = () => items().filter((each) => !each.dataset.state && !each.closest(".earlier"));
  const here = () => document.activeElement.closest?.("#understood .proposal");
  const show = (html) => {
    panel.classList.remove("stale");
    if (marks.size) return; // said since, and not told yet: the next answer shows it
    const focused = here(), at = focused && items().indexOf(focused), correcting = focused && focused.querySelector("details[open]");
    if (correcting && correcting.contains(document.activeElement)) return;
    const typed = notes.scrollTop;
    panel.innerHTML = html;
    notes.scrollTop = typed;
    if (focused) (items().find((each) => each.dataset.key === focused.dataset.key) || items()[Math.min(at, items().length - 1)] || notes).focus();
  };
  const mark = (value) => {
    const proposal = value.split(":")[1];
    if (proposal === "all") for (const each of undecided()) marks.set(each.dataset.key, `accept:${each.dataset.key}`);
    else marks.set(proposal, value);
    changed(true);
  };
  const correct = (item) => {
    const details = item.querySelector("details");
    details.open = true;
    details.querySelector("input, select").focus();
  };
  const move = (step) => {
    const all = items();
    const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(here()) + step))];
    if (next) next.focus();
  };
  const toPanel = () => (undecided()[0] || items()[0])?.focus();

  panel.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const item = here();
    if (!item) return;
    const typing = event.target.matches("input, select");
    if (event.key === "Escape") {
      const details = item.querySelector("details[open]");
      if (details) { details.open = false; item.focus(); } else notes.focus();
    } else if (typing) {
      if (event.key !== "Enter") return;
      finish(item);
    } else if (event.key === "j" || event.key === "ArrowDown") move(1);
    else if (event.key === "k" || event.key === "ArrowUp") move(-1);
    else if (event.key === "a" || event.key === "r" || event.key === "u") {
      mark(`${{ a: "accept", r: "reject", u: "undo" }[event.key]}:${item.dataset.key}`);
      if (event.key !== "u") move(1);
    } else if (event.key === "A") mark("accept:all");
    else if (event.key === "e") correct(item);
    else return;
    event.preventDefault();
  });
  const finish = (item) => {
    item.focus();
    mark(`edit:${item.dataset.key}`);
  };

  form.addEventListener("input", (event) => { if (!panel.contains(event.target)) changed(false); });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key === "Enter") { event.preventDefault(); send(); }
    else if (control && event.key === "s") { event.preventDefault(); changed(true); }
    else if (event.target === notes && event.key === "Escape") { event.preventDefault(); toPanel(); }
    else if (event.target === notes && event.key === "Enter") setTimeout(() => changed(true));
    else if (event.key === "Enter" && event.target.matches(".hotline-fields input")) { event.preventDefault(); changed(true); }
  });
  form.addEventListener("submit", (event) => {
    const { name: what, value } = event.submitter || {};
    if (what === "do" && value === "throw away") { gone = true; dropHere(place()); return; }
    event.preventDefault();
    if (what === "do" && value === "send") send();
    else if (what === "mark" && value.startsWith("edit:")) finish(event.submitter.closest(".proposal"));
    else if (what === "mark") mark(value);
    else changed(true);
  });

  addEventListener("online", () => { if (turn !== kept) later(0); });
  addEventListener("offline", () => { if (turn !== kept) { failures = Math.max(failures, 1); saved.textContent = ""; tellWaiting(); } });
  document.addEventListener("visibilitychange", () => { if (turn !== kept) later(0); });
  addEventListener("beforeunload", (event) => { if (turn !== kept && !store && !gone) event.preventDefault(); });

  // ── What waited here from before: sent now, exactly as the window that wrote it would have sent it ──

  const sweep = async () => {
    if (!store) return;
    const mine = shelf(form.elements.owner.value);
    const waiting = Object.keys(store).filter((each) => each.startsWith(mine));
    if (!waiting.length) return;
    const { keys } = await freshToken(waiting.map((each) => each.slice(mine.length)));
    let came = null;
    for (const each of waiting) {
      const value = store.getItem(each);
      const given = value && (await openHere(value, keys[each.slice(mine.length)]).catch(() => null));
      if (!given) continue;
      const answer = await post(given);
      if (!answer.ok) continue;
      if (store.getItem(each) === value) store.removeItem(each);
      came = { name: each.slice(mine.length), told: await answer.json() };
      if (came.name === name() && turn === 0) { location.replace(came.told.where); return; }
    }
    if (came) {
      if (turn === 0 && !notes.value && form.elements.seen.value === "0") location.replace(came.told.where);
      else tell(said.saidLate, { link: [said.new, came.told.where ? "→" : ""] });
    }
  };
  sweep().catch(() => {});
})();
