"""What simulated people write. Each text says of itself that it is simulated."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

SIMULATED: Mapping[str, str] = {
    "es": "(respuesta simulada)",
    "en": "(simulated answer)",
    "it": "(risposta simulata)",
    "pt": "(resposta simulada)",
}
OPENINGS: Mapping[str, tuple[str, ...]] = {
    "es": ("", "", "Desde mi experiencia: ", "En mi ciudad pasa esto: ", "Mi familia y yo lo notamos: "),
    "en": ("", "", "In my experience: ", "Where I live: ", "My family and I have noticed it: "),
    "it": ("", "", "Per la mia esperienza: ", "Nella mia città: ", "In famiglia lo notiamo: "),
    "pt": ("", "", "Pela minha experiência: ", "Na minha cidade: ", "Minha família e eu percebemos: "),
}
REMARKS: Mapping[str, tuple[str, ...]] = {
    "es": (
        "conseguir una cita toma semanas y hay que entrar a medianoche a la página.",
        "el consulado itinerante debería venir al menos dos veces al año.",
        "el trato fue amable, pero nadie supo decirme cuánto iba a demorar mi DNI.",
        "sería útil pagar los trámites por internet y no solo con giro postal.",
        "mis hijos nacieron aquí y quisiera que aprendan de dónde venimos.",
        "no pude votar porque el local quedaba a cuatro horas de mi casa.",
        "no consigo que reconozcan mi título de enfermería.",
        "me gustaría volver, pero no sé qué apoyo hay para quien retorna.",
        "la información cambia según quién conteste el teléfono.",
        "pedí ayuda por un problema laboral y me orientaron bien.",
        "hace falta atención los sábados para quienes trabajamos toda la semana.",
        "las asociaciones hacen mucho y casi nadie las conoce.",
    ),
    "en": (
        "getting an appointment takes weeks, and one has to try at midnight.",
        "the mobile consulate should come at least twice a year.",
        "people were kind, but nobody could tell me how long my DNI would take.",
        "it would help to pay online instead of by money order.",
        "my children were born here and I want them to know where we come from.",
        "I could not vote because the polling place was four hours away.",
        "my nursing degree is still not recognised.",
        "I would like to go back, but I do not know what support there is.",
        "one gets a different answer each time one calls.",
        "opening on Saturdays would help those of us who work all week.",
    ),
    "it": (
        "per un appuntamento servono settimane e bisogna provare a mezzanotte.",
        "il consolato itinerante dovrebbe venire almeno due volte l’anno.",
        "sono stati gentili, ma nessuno ha saputo dirmi quando arriverà il DNI.",
        "sarebbe utile pagare le pratiche su internet.",
        "i miei figli sono nati qui e vorrei che conoscessero le nostre radici.",
        "non ho potuto votare: il seggio era troppo lontano.",
        "la mia laurea non è ancora riconosciuta.",
        "le informazioni cambiano a seconda di chi risponde.",
    ),
    "pt": (
        "conseguir um horário leva semanas e é preciso tentar à meia-noite.",
        "o consulado itinerante deveria vir pelo menos duas vezes por ano.",
        "o atendimento foi gentil, mas ninguém soube dizer quanto demoraria o DNI.",
        "seria útil pagar os trâmites pela internet.",
        "meus filhos nasceram aqui e quero que conheçam nossas origens.",
        "não pude votar porque o local ficava longe demais.",
        "meu diploma ainda não foi reconhecido.",
        "a informação muda conforme quem atende o telefone.",
    ),
}
SKILLS: Mapping[str, tuple[str, ...]] = {
    "es": (
        "podría dar clases a distancia en institutos de mi región.",
        "tengo quince años de experiencia en obras y puedo capacitar.",
        "trabajo en un hospital y podría apoyar campañas de salud.",
    ),
    "en": (
        "I could teach remotely at institutes in my region.",
        "I have fifteen years in construction and could train others.",
        "I work in a hospital and could support health campaigns.",
    ),
    "it": (
        "potrei insegnare a distanza negli istituti della mia regione.",
        "lavoro in ospedale e potrei sostenere campagne di salute.",
    ),
    "pt": (
        "poderia dar aulas a distância em institutos da minha região.",
        "trabalho em um hospital e poderia apoiar campanhas de saúde.",
    ),
}
BRIEF: Mapping[str, tuple[str, ...]] = {
    "es": ("Otra situación", "Un caso distinto", "Depende del momento"),
    "en": ("Another situation", "A different case", "It depends"),
    "it": ("Un’altra situazione", "Un caso diverso", "Dipende dal momento"),
    "pt": ("Outra situação", "Um caso diferente", "Depende do momento"),
}


def long_text(rng: Random, language: str, *, about: str, most: int) -> str:
    """One or two sentences. ``about`` is the name of the question."""
    spoken = language if language in SIMULATED else "es"
    stock = SKILLS if "skill" in about else REMARKS
    remarks = rng.sample(stock[spoken], k=rng.choice((1, 1, 2)))
    remarks[0] = rng.choice(OPENINGS[spoken]) + remarks[0]
    sentences = " ".join(remark[0].upper() + remark[1:] for remark in remarks)
    return _within(sentences, spoken, most)


def short_text(rng: Random, language: str, *, most: int) -> str:
    spoken = language if language in SIMULATED else "es"
    return _within(rng.choice(BRIEF[spoken]), spoken, most)


def _within(text: str, language: str, most: int) -> str:
    """The mark stays whole; it is the text that gives way."""
    mark = SIMULATED[language]
    return f"{text[: max(0, most - len(mark) - 1)]} {mark}"[:most].strip()
