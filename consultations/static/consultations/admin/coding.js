// The coder's desk by keyboard and by selecting words. Without this script the form does the same, more slowly.
// Positions are counted in characters (code points), as the server counts them.

const desk = document.querySelector("[data-coding]");
const form = desk.querySelector("#coding");
const words = desk.querySelector("[data-words]");
const list = desk.querySelector("[data-spans]");
const said = desk.querySelector("[data-said]");
const items = [...desk.querySelectorAll("[data-code]")];
const CHORD = 900;

for (const part of desk.querySelectorAll("[data-script]")) part.hidden = false;

// --- Words that are selected --------------------------------------------------------------------------------

let picked = null;

function length(text) {
  return [...text].length;
}

// What of a selection lies in the text: it may have been drawn beyond either end.
function inside(selected) {
  const range = document.createRange();
  range.selectNodeContents(words);
  if (selected.compareBoundaryPoints(Range.START_TO_START, range) > 0) {
    range.setStart(selected.startContainer, selected.startOffset);
  }
  if (selected.compareBoundaryPoints(Range.END_TO_END, range) < 0) {
    range.setEnd(selected.endContainer, selected.endOffset);
  }
  return range;
}

// What is selected now. The browser tells of a change only when it next draws, and a key or a press may come before.
function pick() {
  const selection = document.getSelection();
  if (!selection || !selection.rangeCount) return;
  const selected = selection.getRangeAt(0);
  // Pressing a box beside the text takes the selection away; what was picked stays picked.
  if (!selected.intersectsNode(words) || (selected.collapsed && !words.contains(selected.startContainer))) return;
  const range = inside(selected);
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = length(before.toString());
  const text = range.toString();
  setPicked(text.trim() ? { start, end: start + length(text), text: text.trim() } : null);
}

function setPicked(next) {
  picked = next;
  desk.querySelector("[data-selected]").textContent = picked?.text ?? "";
  const quote = document.querySelector("[data-quote]");
  if (quote) {
    quote.elements.start.value = picked ? picked.start : "";
    quote.elements.end.value = picked ? picked.end : "";
  }
}

document.addEventListener("selectionchange", pick);
// A press takes the selection away.
document.addEventListener("pointerdown", pick, { capture: true });

function drop() {
  setPicked(null);
  document.getSelection().removeAllRanges();
}

// --- Giving a code ------------------------------------------------------------------------------------------

function label(item) {
  return item.dataset.label;
}

function markPicked(item) {
  const box = item.querySelector("input");
  const entry = document.createElement("li");
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "span";
  field.value = `${box.value}:${picked.start}:${picked.end}`;
  const chip = document.createElement("span");
  chip.className = `chip ${item.querySelector(".ink").classList[1]}`;
  chip.textContent = label(item);
  const quote = document.createElement("q");
  quote.lang = words.lang;
  quote.textContent = picked.text;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "spans__remove";
  remove.dataset.unmark = "";
  remove.textContent = "×";
  remove.setAttribute("aria-label", `${list.dataset.remove}: ${label(item)}`);
  entry.append(field, chip, " ", quote, " ", remove);
  list.append(entry);
  said.textContent = `${label(item)}: ${picked.text}`;
  drop();
}

function toggle(item) {
  const box = item.querySelector("input");
  pick();
  if (picked) return markPicked(item);
  box.checked = !box.checked;
  said.textContent = `${label(item)}: ${box.checked ? "✓" : "–"}`;
  item.scrollIntoView({ block: "nearest" });
}

for (const item of items) {
  item.querySelector("input").addEventListener("click", (event) => {
    if (!picked) return;
    event.preventDefault();
    markPicked(item);
  });
}

list.addEventListener("click", (event) => {
  const remove = event.target.closest("[data-unmark]");
  if (!remove) return;
  event.preventDefault();
  remove.closest("li").remove();
});

// --- Finding a code -----------------------------------------------------------------------------------------

const find = desk.querySelector("[data-find]");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function narrow() {
  const wanted = plain(find.value.trim());
  for (const item of items) item.hidden = wanted !== "" && !plain(item.dataset.search).includes(wanted);
}

find.addEventListener("input", narrow);
find.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  const first = items.find((item) => !item.hidden);
  if (event.key === "Enter" && find.value.trim() && first) toggle(first);
  find.value = "";
  narrow();
  find.blur();
});

// --- Keys ---------------------------------------------------------------------------------------------------

let typed = "";
let waiting = 0;

function choose(key) {
  // Codes on the third level have no key.
  const found = key && items.find((item) => item.dataset.key === key);
  if (found) toggle(found);
}

// A digit that still waits for a second one is no longer waited for.
function settle() {
  window.clearTimeout(waiting);
  const chosen = typed;
  typed = "";
  if (chosen) choose(chosen);
}

function digit(key) {
  window.clearTimeout(waiting);
  typed += key;
  const chosen = typed.endsWith("0") ? typed.slice(0, -1) : typed;
  const goesOn = items.some((item) => item.dataset.key.startsWith(typed) && item.dataset.key !== typed);
  if (typed.length === 2 || !goesOn) {
    typed = "";
    return choose(chosen);
  }
  waiting = window.setTimeout(settle, CHORD);
}

const press = (selector) => () => desk.querySelector(selector)?.click();
const open = (selector, inside) => () => {
  const details = desk.querySelector(selector)?.closest("details");
  if (!details) return;
  details.open = !details.open;
  (details.open && inside ? details.querySelector(inside) : details.querySelector("summary")).focus();
};
const KEYS = {
  s: press("[data-save]"),
  d: press("[data-doubtful]"),
  l: press("[data-skip]"),
  u: press("[data-undo]"),
  f: () => find.focus(),
  n: () => form.elements.note.focus(),
  m: open("[data-by-sentence]", "[data-from-sentence]"),
  k: open("[data-keys]"),
};

function isWriting(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape") {
    drop();
    if (isWriting(event.target)) event.target.blur();
    return;
  }
  if (isWriting(event.target)) return;
  if (/^[0-9]$/.test(event.key)) {
    event.preventDefault();
    return digit(event.key);
  }
  const verb = KEYS[event.key.toLowerCase()];
  if (!verb) return;
  event.preventDefault();
  settle();
  verb();
}, { capture: false });

// --- What is not saved yet ----------------------------------------------------------------------------------

const sent = () => new URLSearchParams(new FormData(form)).toString();
const asLoaded = sent();
let warned = false;

form.addEventListener("submit", settle);

for (const aside of document.querySelectorAll("[data-aside]")) {
  aside.addEventListener("submit", (event) => {
    settle();
    if (warned || sent() === asLoaded) return;
    event.preventDefault();
    warned = true;
    const note = document.createElement("p");
    note.className = "theme-base";
    note.setAttribute("role", "alert");
    note.textContent = desk.dataset.unsaved;
    aside.append(note);
  });
}

if (!("shortcuts" in desk.dataset)) {
  for (const key of Object.keys(KEYS)) delete KEYS[key];
  items.forEach((item) => { item.dataset.key = "-"; });
}
