// What stands in the form, in the shape in which answers are stored.
const number = (text) => {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : plain;
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
      return all.length ? number(all[0]) : undefined;
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
