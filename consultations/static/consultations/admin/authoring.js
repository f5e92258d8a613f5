// Makes the long authoring forms handy: two languages at a time, only the fields that a kind of question
// uses, headings that follow what is typed. Without it every language and every field is shown.

const STORED = "authoring-languages";
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const tools = document.querySelector("[data-authoring]");
const fieldsByKind = JSON.parse(document.getElementById("fields-by-kind")?.textContent ?? "{}");

function hideLanguages(source, other) {
  if (other === "all") return "";
  const shown = [source, other].filter(Boolean).map((code) => `:not([data-language="${code}"])`);
  // A text with an error is never hidden.
  return `[data-language]${shown.join("")}:not(.texts__text--error) { display: none }`;
}

function hideUnusedFields() {
  const all = new Set(Object.values(fieldsByKind).flat());
  return Object.entries(fieldsByKind).flatMap(([kind, used]) =>
    [...all]
      .filter((name) => !used.includes(name))
      .map((name) => `[data-part="questions"][data-kind="${kind}"] [data-field="${name}"] { display: none }`),
  );
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(STORED)) ?? {};
  } catch {
    return {};
  }
}

function showLanguages() {
  const [source, other] = tools.querySelectorAll("[data-shown-language]");
  const rules = [hideLanguages(source.value, other.value), ...hideUnusedFields()];
  sheet.replaceSync(rules.join("\n"));
  try {
    localStorage.setItem(STORED, JSON.stringify({ source: source.value, other: other.value }));
  } catch {
    // A browser that keeps nothing still shows the languages chosen.
  }
}

function startLanguages() {
  const stored = remembered();
  for (const select of tools.querySelectorAll("[data-shown-language]")) {
    const wanted = stored[select.dataset.shownLanguage];
    if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
    select.addEventListener("change", showLanguages);
  }
  tools.hidden = false;
  showLanguages();
}

/** Some field of one part, not of the parts nested in it. */
function ownField(part, name) {
  return [...part.querySelectorAll(`[name$="-${name}"], [name*="-${name}_"]`)].find(
    (field) => field.closest("[data-part]") === part && field.value,
  );
}

function nameHeading(part) {
  const heading = part.querySelector("[data-title]");
  const words = heading.dataset.title.split(" ").map((name) => ownField(part, name)?.value);
  heading.textContent = words.filter(Boolean).join(" · ");
}

function followKind(part) {
  if (part.dataset.part === "questions") part.dataset.kind = ownField(part, "kind")?.value ?? "";
}

function follow(event) {
  const part = event.target.closest?.("[data-part]");
  if (!part) return;
  nameHeading(part);
  followKind(part);
}

if (tools) {
  startLanguages();
  document.querySelectorAll("[data-part]").forEach(followKind);
  document.addEventListener("input", follow);
  document.addEventListener("change", follow);
}
