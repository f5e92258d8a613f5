// What stands in the form, in the shape in which answers are stored.
const withoutBlanks = (text) => text.replace(/[\s\u00a0\u202f]/g, "");

// As answering/numbers.py: three digits behind the mark may be decimals or thousands, and count as neither.
const isInDoubt = (plain) => /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(plain);

// What the server will refuse is no answer here either.
export const NUMBERS = {
  integer: (text) => {
    const plain = withoutBlanks(text);
    return /^[+-]?\d{1,18}$/.test(plain) ? Number(plain) : undefined;
  },
  decimal: (text) => {
    const plain = withoutBlanks(text);
    const pointed = plain.replace(",", ".");
    const isNumber = /^[+-]?(\d{1,30}\.?\d{0,30}|\.\d{1,30})$/.test(pointed);
    return isNumber && !isInDoubt(plain) ? Number(pointed) : undefined;
  },
  scale: Number,
};

function value(kind, name, data) {
  const all = data.getAll(name).filter((item) => item !== "");
  switch (kind) {
    case "multiple_choice":
    case "ranking":
      return all.length ? all : undefined;
    case "integer":
    case "decimal":
    case "scale":
      return all.length ? NUMBERS[kind](all[0]) : undefined;
    case "date": {
      const [day, month, year] = ["day", "month", "year"].map((part) => (data.get(`${name}-${part}`) ?? "").trim());
      return day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : undefined;
    }
    default:
      return all[0]?.trim() || undefined;
  }
}

// Answers by name. "closed" names questions that are out of reach for want of a permission.
export function answersOf(form, rules, kinds, closed) {
  const data = new FormData(form);
  const answers = {};
  for (const question of rules.sections.flatMap((section) => section.questions)) {
    if (closed.has(question.name)) continue;
    for (const name of question.answers) {
      const found = value(name === question.other ? "short_text" : kinds[question.name], name, data);
      if (found !== undefined) answers[name] = found;
    }
  }
  return answers;
}
