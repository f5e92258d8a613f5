// Spares presses of buttons: a chosen field leads on at once, and a page that waits for answers looks again.
// Everything works without it.

const EVERY = 1500;
const PATIENT = 6000;

function leadOn(form) {
  const button = form.querySelector("button[type=submit]");
  // A choice by keyboard passes over options: only a choice by pointer leads on by itself.
  let pointed = false;
  const select = form.querySelector("select[name=field]");
  select.addEventListener("pointerdown", () => { pointed = true; });
  select.addEventListener("keydown", () => { pointed = false; });
  select.addEventListener("change", () => {
    const into = form.querySelector("select[name=into]");
    if (pointed && select.value && !into) button.click();
  });
}

async function look(box) {
  try {
    const answer = await fetch(box.dataset.analysisReady, { headers: { Accept: "application/json" } });
    if (!answer.ok || (await answer.json()).ready) return window.location.reload();
    window.setTimeout(look, EVERY, box);
  } catch {
    window.setTimeout(look, PATIENT, box);
  }
}

document.querySelectorAll("form[data-condition]").forEach(leadOn);
document.querySelectorAll("[data-analysis-ready]").forEach((box) => window.setTimeout(look, EVERY, box));
