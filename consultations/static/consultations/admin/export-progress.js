// Moves the bar of an export that is being written, and shows its page anew once it is done.
// Without this script the page refreshes itself.

const box = document.querySelector("[data-export-progress]");
const EVERY = 1000;
const PATIENT = 5000;
const spoken = new Intl.NumberFormat(document.documentElement.lang || "es");

async function look() {
  try {
    const answer = await fetch(box.dataset.exportProgress, { headers: { Accept: "application/json" } });
    if (!answer.ok) return window.location.reload();
    show(await answer.json());
  } catch {
    // The connection is away: ask again later, without hurry.
    window.setTimeout(look, PATIENT);
  }
}

function show({ percent, done, total, unfinished }) {
  if (!unfinished) return window.location.reload();
  box.querySelector("progress").value = percent;
  box.querySelector("[data-done]").textContent = spoken.format(done);
  box.querySelector("[data-total]").textContent = spoken.format(total);
  window.setTimeout(look, EVERY);
}

if (box) window.setTimeout(look, EVERY);
