/* The room of a session: a timer over the parts of the agenda, and notes that are saved while one types.
   Without it the page shows the times of the parts, and notes have a button. */
"use strict";
(() => {
  const room = document.getElementById("room");
  const words = room.dataset;
  const place = `halfhour:${words.person}:${words.session}`;
  const byId = (id) => document.getElementById(id);
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const write = (key, value) => {
    try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value)); } catch { /* the device keeps nothing */ }
  };

  /* the timer: {part, since} lies on the device, so that a reload goes on where it was */
  const parts = [...document.querySelectorAll("#parts > li")];
  const lengths = parts.map((part) => Number(part.dataset.minutes) * 60_000);
  const isQuiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const timerKey = `${place}:timer`;
  let shown = "";

  function running() {
    const state = read(timerKey);
    if (!state) return null;
    let { part, since } = state;
    while (part < parts.length && Date.now() - since >= lengths[part]) since += lengths[part++];
    return { part, since };
  }

  function showPart(part) {
    const isOver = part >= parts.length;
    const item = parts[Math.min(part, parts.length - 1)];
    byId("now-word").hidden = isOver;
    byId("now-word").textContent = `${part + 1} / ${parts.length}`;
    byId("now-title").textContent = isOver ? words.over : item.querySelector("h3").textContent;
    byId("now-note").textContent = isOver ? words.close : item.querySelector("p.quiet").textContent;
    const questions = isOver ? [] : [...item.querySelectorAll("ul > li")].map((one) => one.cloneNode(true));
    byId("now-questions").replaceChildren(...questions);
    parts.forEach((one, number) => (number === part ? one.setAttribute("aria-current", "step") : one.removeAttribute("aria-current")));
  }

  function tick() {
    const now = running();
    if (!now) return;
    const isOver = now.part >= parts.length;
    const left = isOver ? 0 : lengths[now.part] - (Date.now() - now.since);
    const minutes = Math.ceil(left / 60_000);
    const line = isOver ? "" : left < 60_000 ? words.under : words.left.replace("{n}", minutes);
    const bar = byId("now-bar");
    bar.hidden = isOver;
    if (!isQuiet || shown !== `${now.part}:${line}`) bar.value = isOver ? 1 : 1 - left / lengths[now.part];
    if (shown === `${now.part}:${line}`) return;
    if (!shown.startsWith(`${now.part}:`)) showPart(now.part);
    byId("now-left").textContent = line;
    byId("timer-start").hidden = true;
    byId("timer-next").hidden = isOver;
    byId("timer-again").hidden = false;
    shown = `${now.part}:${line}`;
  }

  function begin(part) {
    write(timerKey, { part, since: Date.now() });
    tick();
  }

  byId("timer").hidden = false;
  byId("timer-start").addEventListener("click", () => begin(0));
  byId("timer-next").addEventListener("click", () => begin((running() ?? { part: 0 }).part + 1));
  byId("timer-again").addEventListener("click", () => begin(0));
  setInterval(tick, 1000);
  tick();

  /* notes: what is not saved yet lies on the device under a key of this window, and is sent again until it arrives */
  const tab = Math.random().toString(36).slice(2);

  class Note {
    constructor(form) {
      this.form = form;
      this.area = form.elements.text;
      this.base = this.area.value; // what the server is known to hold
      this.prefix = `${place}:${form.dataset.note}:`;
      this.isSending = false;
      this.takeBack();
      form.querySelector("button").hidden = true;
      this.area.addEventListener("input", () => this.typed());
      form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    }

    get isWaiting() { return this.area.value !== this.base; }

    say(word) {
      const line = this.form.querySelector("[data-word]");
      if (line.textContent !== word) line.textContent = word;
    }

    /* take up what an earlier window could not send */
    takeBack() {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      for (const key of keys) {
        this.area.value = merged(read(key)?.base ?? "", read(key)?.text ?? "", this.area.value);
        write(key, null);
      }
      if (this.isWaiting) this.typed();
    }

    typed() {
      write(this.prefix + tab, this.isWaiting ? { text: this.area.value, base: this.base } : null);
      this.say(words.typing);
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.send(), 800);
    }

    async send() {
      if (this.isSending || !this.isWaiting) return;
      this.isSending = true;
      const text = this.area.value;
      const body = new URLSearchParams({ shared: this.form.elements.shared.value, seen: this.form.elements.seen.value, text });
      const keepalive = String(body).length < 60_000; // so small a note leaves even while the page is closed
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { accept: "application/json" }, keepalive }).catch(() => null);
      this.isSending = false;
      const kept = await answer?.json().catch(() => null); // anything else than our own answer says no more than silence
      if (answer?.status === 401) this.say(words.signedOut);
      else if (!kept) this.say(words.offline);
      else this.answered(answer.status, kept, text);
    }

    answered(status, kept, text) {
      if (kept.error) return this.say(kept.error);
      this.form.elements.seen.value = kept.revision;
      if (status === 409) return this.join(kept.text);
      this.base = text;
      if (this.isWaiting) return this.typed();
      write(this.prefix + tab, null);
      this.say(words.saved);
    }

    /* another window was quicker: its text comes first, what was typed here stays */
    join(theirs) {
      const typed = this.area.value;
      this.area.value = merged(this.base, typed, theirs);
      this.base = theirs;
      if (this.isWaiting) this.typed(); else write(this.prefix + tab, null);
      this.say(this.isWaiting ? words.both : words.newer);
    }
  }

  /* both texts in one: what grew out of `base` goes below theirs, unless one holds the other already */
  function merged(base, typed, theirs) {
    if (theirs === base) return typed;
    if (theirs.includes(typed)) return theirs;
    if (typed.includes(theirs)) return typed;
    return `${theirs}\n\n${base && typed.startsWith(base) ? typed.slice(base.length).trimStart() : typed}`;
  }

  const notes = [...document.querySelectorAll("form[data-note]")].map((form) => new Note(form));
  const sendAll = () => notes.forEach((note) => note.send());
  addEventListener("online", sendAll);
  addEventListener("pagehide", sendAll);
  document.addEventListener("visibilitychange", sendAll);
  setInterval(sendAll, 15_000);

  /* the next step: always in view as it is typed, and kept on the device until it is sent */
  const done = byId("done-form");
  if (!done) return;
  const stepKey = `${place}:step`;
  const { step, due, last_words: last } = done.elements;
  const kept = read(stepKey);
  if (kept && kept.seen === done.elements.seen.value) [step.value, due.value, last.value] = [kept.step, kept.due, kept.last];
  const day = new Intl.DateTimeFormat(document.documentElement.lang === "ru" ? "ru" : "en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
  const mirror = () => {
    byId("bar-step").textContent = step.value;
    byId("bar-due").textContent = due.value ? words.by.replace("{day}", day.format(new Date(due.value))) : "";
  };
  done.addEventListener("input", () => {
    write(stepKey, { step: step.value, due: due.value, last: last.value, seen: done.elements.seen.value });
    mirror();
  });
  done.addEventListener("submit", (event) => {
    const word = byId("done-word");
    word.hidden = navigator.onLine;
    word.textContent = words.wait;
    if (!navigator.onLine) event.preventDefault();
    else write(stepKey, null);
  });
  mirror();
})();
