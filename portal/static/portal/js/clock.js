/* The reader's own clock.
   Tells the server the zone of this device for this visit (a session cookie, nothing that says who somebody is),
   and writes the reader's time above Lima's where the server did not know it yet. */

const NAME = "timezone";
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = document.cookie.split("; ").some((pair) => pair.startsWith(`${NAME}=`));

const written = (moment, language) => {
  const sameYear = moment.getFullYear() === new Date().getFullYear();
  const day = new Intl.DateTimeFormat(language, {
    weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }),
  }).format(moment);
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);
  return `${day.replace(",", "")}, ${time}`;
};

const addOwnClock = (list) => {
  const iso = list.dataset.clocks;
  const language = document.documentElement.lang === "quy" ? "es-PE" : document.documentElement.lang;
  const term = document.createElement("dt");
  term.textContent = list.dataset.own;
  const detail = document.createElement("dd");
  detail.className = "yours";
  const time = document.createElement("time");
  time.dateTime = iso;
  time.textContent = written(new Date(iso), language);
  detail.append(time);
  list.querySelector(".yours")?.classList.remove("yours");
  list.prepend(term, detail);
};

if (zone?.includes("/") && !known) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${NAME}=${zone}; Path=/; SameSite=Lax${secure}`;
  if (zone !== "America/Lima") {
    document.querySelectorAll("[data-clocks]").forEach(addOwnClock);
  }
}
