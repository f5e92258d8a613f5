"""How often simulated people pick an option. Made up, so that charts have a shape to show."""

from __future__ import annotations

from collections.abc import Mapping

from .diaspora import OFFICES, Weights

# Question → option → weight; options that are not named weigh 1, questions that are not named go by chance.
WEIGHTS: Mapping[str, Weights] = {
    "connection_to_peru": {"born_pe": 78, "born_ab": 9, "desc": 5, "ret": 6, "oth": 2},
    "age_group": {"18_24": 9, "25_34": 22, "35_44": 26, "45_54": 22, "55_64": 14, "65_up": 7},
    "gender": {"f": 52, "m": 44, "x": 1.5, "pns": 2.5},
    "languages_at_home": {"es": 90, "en": 24, "it": 9, "pt": 4, "qu": 12, "ay": 2, "ca": 4, "ja": 3},
    "ethnic_identity": {"and": 24, "ama": 3, "afr": 5, "mul": 4, "no": 52, "dk": 8, "pns": 4},
    "education_level": {"none": 0.5, "pri": 3, "sec": 28, "tec": 27, "uni": 31, "pos": 10},
    "main_migration_reason": {"work": 52, "stud": 14, "fam": 21, "saf": 9, "oth": 4},
    "migration_status": {"nat": 30, "res": 44, "tmp": 11, "pnd": 9, "pns": 6},
    "employment_status": {"emp": 53, "self": 17, "seek": 9, "stud": 7, "care": 7, "ret": 5, "oth": 2},
    "degree_recognised": {"yes": 24, "proc": 14, "den": 6, "no": 46, "na": 10},
    "consular_office": {**OFFICES, "oth": 0.3, "dk": 0.6},
    "services_used": {
        "dni": 46,
        "pass": 43,
        "civ": 18,
        "pow": 21,
        "leg": 14,
        "asst": 5,
        "info": 22,
        "none": 14,
    },
    "document_wait_time": {"m1": 14, "m3": 34, "m6": 28, "m7": 13, "wait": 7, "dk": 4},
    "channel_ranking": {"web": 34, "wa": 30, "tel": 12, "mob": 11, "vis": 13},
    "help_needed": {"work": 17, "home": 12, "viol": 7, "det": 3, "hea": 15, "oth": 4, "none": 38, "pns": 4},
    "knew_assistance_service": {"used": 6, "yes": 35, "no": 59},
    "remittance_frequency": {"mon": 41, "qtr": 18, "occ": 21, "no": 17, "pns": 3},
    "investment_interest": {"now": 9, "yes": 34, "may": 33, "no": 24},
    "investment_barriers": {"bur": 40, "trust": 34, "sec": 31, "info": 24, "fin": 19, "tax": 14, "part": 12},
    "return_plan": {"y1": 4, "y3": 9, "y5": 10, "later": 31, "no": 24, "dk": 22},
    "knows_law_30001": {"well": 8, "heard": 31, "no": 61},
    "voted_2026": {"yes": 48, "no": 38, "ne": 10, "pns": 4},
    "reason_not_voted": {
        "far": 34,
        "work": 29,
        "addr": 22,
        "dni": 17,
        "info": 12,
        "int": 10,
        "imp": 8,
        "oth": 4,
    },
    "knows_council_or_association": {"both": 9, "cc": 6, "assoc": 29, "no": 56},
    "priorities_five_years": {
        "docs": 58,
        "dig": 43,
        "mob": 24,
        "prot": 33,
        "hea": 27,
        "work": 36,
        "part": 11,
    },
}

# Options that a person rarely falls back on, by the names that questionnaires commonly give them.
RARE: Mapping[str, float] = {
    "other": 0.15, "oth": 0.15, "dk": 0.12, "pns": 0.1, "na": 0.1, "no_op": 0.12, "none": 0.25,
}  # fmt: skip
# These exclude the others even where only a constraint says so.
ALONE = frozenset({"none", "pns", "dk"})
