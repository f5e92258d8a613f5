// Computes the rules of a questionnaire in the page, so that questions show and hide at once.
// The twin of instrument/evaluation.py and of _settle in instrument/answers.py; instrument/logic.py says what
// is meant, and generated cases prove the two equal. The server decides in any case.

const NUMBER = /^[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*$/;
const EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

const valueOf = (answer) =>
  ["string", "number", "boolean"].includes(typeof answer) || Array.isArray(answer) ? answer : "";
const own = (record, name) => (Object.hasOwn(record, name) ? valueOf(record[name]) : "");

export const truth = (value) =>
  Array.isArray(value) ? value.length > 0 : Boolean(value);

// Plain digits, never an exponent.
function numberText(number) {
  const text = String(number);
  const found = EXPONENT.exec(text);
  if (!found) return text;
  const [, sign, digit, rest = "", power] = found;
  return power < 0
    ? `${sign}0.${"0".repeat(-power - 1)}${digit}${rest}`
    : sign + digit + rest.padEnd(Number(power), "0");
}

function textOf(value) {
  if (typeof value === "number") return numberText(value);
  return Array.isArray(value) ? value.join(" ") : String(value);
}

// Days since 1970-01-01 of a real date.
function days(text) {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return NaN;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time / 864e5 : NaN;
}

function numberOf(value) {
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  const text = textOf(value);
  return NUMBER.test(text) ? Number(text) : days(text);
}

const words = (value) => (Array.isArray(value) ? value : textOf(value).split(" ").filter(Boolean));

function equal(left, right) {
  const has = (type) => typeof left === type || typeof right === type;
  if (has("boolean")) return truth(left) === truth(right);
  if (has("number")) return numberOf(left) === numberOf(right);
  return textOf(left) === textOf(right);
}

function round(value, places = 0) {
  if (!(places >= 0 && places <= 15 && Number.isInteger(places))) return NaN;
  let power = 1;
  for (let place = 0; place < places; place += 1) power *= 10;
  const shifted = value * power + 0.5;
  return Number.isFinite(shifted) ? Math.floor(shifted) / power : value;
}

const extreme = (better) => (...values) =>
  values.some(Number.isNaN) ? NaN : values.reduce((best, value) => (better(value, best) ? value : best));

function selectedAt(names, place) {
  const index = numberOf(place);
  return words(names)[index] ?? "";
}

// Walks the automaton of a pattern: see instrument/patterns.py.
function matches(text, [accepts, first, follows, last, nullable]) {
  let waiting = first;
  let reached = null;
  for (const character of text) {
    const point = character.codePointAt(0);
    const within = (ranges) => ranges.some((low, i) => i % 2 === 0 && low <= point && point <= ranges[i + 1]);
    reached = [...waiting].filter((position) => within(accepts[position]));
    if (!reached.length) return false;
    waiting = new Set(reached.flatMap((position) => follows[position]));
  }
  return reached ? reached.some((position) => last.includes(position)) : nullable;
}

const numeric = (rule) => (...values) => rule(...values.map(numberOf));
const textual = (rule) => (...values) => rule(...values.map(textOf));

export const RULES = {
  "=": equal,
  "!=": (left, right) => !equal(left, right),
  "<": numeric((left, right) => left < right),
  "<=": numeric((left, right) => left <= right),
  ">": numeric((left, right) => left > right),
  ">=": numeric((left, right) => left >= right),
  "+": numeric((...values) => values.reduce((total, value) => total + value)),
  "-": numeric((left, right) => left - right),
  "*": numeric((...values) => values.reduce((product, value) => product * value)),
  div: numeric((left, right) => left / right),
  mod: numeric((left, right) => left % right),
  neg: numeric((value) => -value),
  not: (value) => !truth(value),
  true: () => true,
  false: () => false,
  boolean: truth,
  selected: (names, name) => words(names).includes(textOf(name)),
  "count-selected": (names) => words(names).length,
  "selected-at": selectedAt,
  if: (condition, then, otherwise) => (truth(condition) ? then : otherwise),
  coalesce: (...values) => values.find((value) => textOf(value) !== "") ?? "",
  "string-length": textual((text) => [...text].length),
  contains: textual((text, part) => text.includes(part)),
  "starts-with": textual((text, part) => text.startsWith(part)),
  "ends-with": textual((text, part) => text.endsWith(part)),
  date: textual((text) => (Number.isNaN(days(text)) ? "" : text)),
  number: numberOf,
  string: textOf,
  int: numeric((value) => Math.trunc(value) + 0),
  round: numeric(round),
  abs: numeric(Math.abs),
  min: numeric(extreme((value, best) => value < best)),
  max: numeric(extreme((value, best) => value > best)),
};

// The value of a rule. Scope: { today: "YYYY-MM-DD", this?, choice? }.
export function evaluate(rule, answers, scope) {
  if (!Array.isArray(rule)) return rule;
  const [operator, ...operands] = rule;
  const value = (operand) => evaluate(operand, answers, scope);
  switch (operator) {
    case "$": return own(answers, operands[0]);
    case ".": return valueOf(scope.this);
    case "@": return own(scope.choice ?? {}, operands[0]);
    case "and": return operands.every((operand) => truth(value(operand)));
    case "or": return operands.some((operand) => truth(value(operand)));
    case "today": return scope.today;
    case "regex": return matches(textOf(value(operands[0])), operands[1]);
    default: return RULES[operator](...operands.map(value));
  }
}

const holds = (rule, answers, scope) => rule === undefined || truth(evaluate(rule, answers, scope));
const size = (answers) => Object.values(answers).flat().length + Object.keys(answers).length;

// Leaves out options that the filter withholds, and the text of an "other" that is not chosen.
function withhold(question, kept, today) {
  const { name, filter, choices, other } = question;
  if (filter !== undefined && Object.hasOwn(kept, name)) {
    const stays = (option) => {
      const choice = choices.find((item) => item.name === option);
      return !choice || holds(filter, kept, { today, choice });
    };
    const answer = [kept[name]].flat().filter(stays);
    if (!answer.length) delete kept[name];
    else if (Array.isArray(kept[name])) kept[name] = answer;
  }
  if (other && ![kept[name]].flat().includes("other")) delete kept[other];
}

function pass(form, kept, today) {
  const shown = { sections: new Set(), questions: new Set() };
  for (const section of form.sections) {
    const open = holds(section.relevant, kept, { today });
    for (const question of section.questions) {
      if (open && holds(question.relevant, kept, { today })) {
        shown.sections.add(section.name);
        shown.questions.add(question.name);
        withhold(question, kept, today);
      } else {
        for (const name of question.answers) delete kept[name];
      }
    }
  }
  return shown;
}

// What is shown: { sections: Set, questions: Set, answers } over the rules that rules_for_page() gives and the
// answers of the page together with those of other sections that it reads.
export function visible(form, answers, today) {
  const kept = { ...answers };
  for (;;) {
    const before = size(kept);
    const shown = pass(form, kept, today);
    if (size(kept) === before) return { ...shown, answers: kept };
  }
}

// The names of the options that a filtered question offers now.
export function offered(question, answers, today) {
  return question.choices
    .filter((choice) => holds(question.filter, answers, { today, choice }))
    .map((choice) => choice.name);
}
