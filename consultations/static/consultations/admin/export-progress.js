// Moves the bar of an export that is being written, and shows its page anew once it is done.
// Without this script the page refreshes itself.

const box = document.querySelector("[data-export-progress]");
const EVERY = 1000;
const PATIENT = 5000;
const spoken = new Intl.NumberFormat(document.documentElement.lang || "es");

async function look() {
  try {
    const answer = await fetch(box.dataset.exportProgress, { headers: { Accept: "application/json" } });
    // A server that starts anew is no answer about the export.
    if (answer.status >= 500) return window.setTimeout(look, PATIENT);
    if (!answer.ok) return window.location.reload();
    show(await answer.json());
  } catch {
    // The connection is away: ask again later, without hurry.
    window.setTimeout(look, PATIENT);
  }
}

function show({ percent, done, total, unfinished, trouble }) {
  if (!unfinished) return window.location.reload();
  warn(trouble);
  box.querySelector("progress").value = percent;
  box.querySelector("[data-done]").textContent = spoken.format(done);
  box.querySelector("[data-total]").textContent = spoken.format(total);
  window.setTimeout(look, EVERY);
}

// Written only when it changes: a screen reader says it then.
function warn(trouble) {
  const words = document.querySelector("[data-export-trouble]");
  if (words.textContent.trim() === trouble) return;
  words.textContent = trouble;
  words.closest("[data-export-warning]").hidden = !trouble;
}

if (box) window.setTimeout(look, EVERY);
