// Narrows the long list of questions by words, and lets a page that waits for answers look again.
// Everything works without it.

const EVERY = 1500;
const PATIENT = 6000;

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// A box above the list: what is typed leaves the questions whose title or section has all its words.
function addSearch(form) {
  const select = form.querySelector("select[name=field]");
  const everything = select.cloneNode(true);
  const box = document.createElement("input");
  Object.assign(box, { type: "search", id: "filter-search", autocomplete: "off" });
  const label = document.createElement("label");
  label.htmlFor = box.id;
  label.textContent = form.dataset.condition;
  const holder = document.createElement("p");
  holder.append(label, box);
  form.insertBefore(holder, select.closest("p"));
  box.addEventListener("input", () => narrow(select, everything, plain(box.value).split(/\s+/)));
}

function narrow(select, everything, words) {
  const chosen = select.value;
  const copy = everything.cloneNode(true);
  for (const group of copy.querySelectorAll("optgroup")) {
    for (const option of [...group.children]) {
      const text = plain(`${group.label} ${option.textContent}`);
      if (!words.every((word) => text.includes(word))) option.remove();
    }
    if (!group.children.length) group.remove();
  }
  select.replaceChildren(...copy.children);
  const found = select.querySelectorAll("optgroup option");
  select.value = [...found].some((option) => option.value === chosen) ? chosen : "";
  // One is left: it is what was meant.
  if (found.length === 1) select.value = found[0].value;
}

async function look(box) {
  try {
    const answer = await fetch(box.dataset.analysisReady, { headers: { Accept: "application/json" } });
    if (!answer.ok || (await answer.json()).ready) return window.location.reload();
    window.setTimeout(look, EVERY, box);
  } catch {
    // The connection is away: ask again later, without hurry.
    window.setTimeout(look, PATIENT, box);
  }
}

document.querySelectorAll("form[data-condition]").forEach(addSearch);
document.querySelectorAll("[data-analysis-ready]").forEach((box) => window.setTimeout(look, EVERY, box));
