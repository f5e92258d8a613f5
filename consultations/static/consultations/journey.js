// Small comforts on the pages of a questionnaire. Everything works without them.
import "./print.js";
import { live } from "./live.js";
import { autosave } from "./autosave.js";
import { ranking } from "./ranking.js";
import { search } from "./search.js";

const form = document.getElementById("answers");

document.querySelector("[data-focus]")?.focus();

// "None of these" clears the rest, and the rest clears it.
function exclusive({ target }) {
  if (target.type !== "checkbox" || !target.checked) return;
  const boxes = form.querySelectorAll(`input[type=checkbox][name="${CSS.escape(target.name)}"]`);
  const alone = "exclusive" in target.dataset;
  for (const box of boxes) {
    if (box !== target && (alone || "exclusive" in box.dataset)) box.checked = false;
  }
}

// The text beside "other" is there when "other" is chosen.
function others() {
  for (const part of form.querySelectorAll("[data-other-of]")) {
    const chosen = new FormData(form).getAll(part.dataset.otherOf);
    part.hidden = !chosen.includes("other");
  }
}

// Counts aloud each twenty characters, and each one where few are left.
function counter(area) {
  const status = document.getElementById(`${area.id.replace(/-input$/, "")}-limit`);
  const limit = Number(area.dataset.limit);
  let said = null;
  const say = () => {
    // As the server counts: composed letters, without the blanks around.
    const left = limit - [...area.value.normalize("NFC").trim()].length;
    if (said !== null && left >= 50 && Math.abs(said - left) < 20) return;
    said = left;
    status.textContent = (left < 0 ? status.dataset.over : status.dataset.left).replace("%s", Math.abs(left));
  };
  area.addEventListener("input", say);
  if (area.value) say();
}

if (form) {
  form.addEventListener("change", exclusive);
  form.querySelectorAll("select[data-search]").forEach(search);
  form.querySelectorAll("[data-rank]").forEach(ranking);
  form.querySelectorAll("textarea[data-limit]").forEach(counter);
  form.addEventListener("change", others);
  others();
  live(form);
  if (form.elements["page-base"]) autosave(form);
}
