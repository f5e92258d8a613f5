/* The reader's own clock.
   Tells the server the zone of this device for this visit (a session cookie, nothing that says who somebody is),
   and writes the reader's time above the others where the server did not know it yet, as it will write it next time. */

const NAME = "timezone";
// The words of dates are those that the server uses: setiembre, and a day before its month.
const WRITTEN = { es: "es-PE", quy: "es-PE", en: "en-GB", pt: "pt-BR" };
const language = WRITTEN[document.documentElement.lang] ?? document.documentElement.lang;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = document.cookie.split("; ").some((pair) => pair.startsWith(`${NAME}=`));

const element = (name, className, ...inside) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
};

const dayOf = (moment) => {
  const sameYear = moment.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(language, {
    weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }),
  }).format(moment).replace(",", "");
};

const timeOf = (moment) =>
  new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);

const ownClock = ({ clocks, until, own }) => {
  const begins = new Date(clocks);
  const hours = until ? `${timeOf(begins)}–${timeOf(new Date(until))}` : timeOf(begins);
  const time = element("time", "", `${dayOf(begins)}, `, element("span", "hours", hours));
  time.dateTime = clocks;
  return [element("dt", "", own), element("dd", "", time)];
};

const sayWhereDaysDiffer = (list, here, own) => {
  list.querySelectorAll(".note").forEach((note) => note.remove());
  for (const detail of list.querySelectorAll("dd")) {
    const there = detail.querySelector("time").getAttribute("datetime").slice(0, 10);
    if (detail === own || there === here) continue;
    const word = there < here ? list.dataset.before : list.dataset.after;
    detail.append(" ", element("span", "soft note", `(${word})`));
  }
};

const leadWithOwnClock = (list) => {
  const there = list.querySelector(`[data-zone="${zone}"]`);
  const [term, own] = there ? [there.previousElementSibling, there] : ownClock(list.dataset);
  list.querySelector(".yours")?.classList.remove("yours");
  own.classList.add("yours");
  list.prepend(term, own);
  // Swedes write dates as computers do: 2026-12-22.
  sayWhereDaysDiffer(list, new Intl.DateTimeFormat("sv-SE").format(new Date(list.dataset.clocks)), own);
};

if (zone?.includes("/") && !known) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${NAME}=${zone}; Path=/; SameSite=Lax${secure}`;
  document.querySelectorAll("[data-clocks]").forEach(leadWithOwnClock);
}
