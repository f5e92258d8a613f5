from typing import Any

from django.core.management.base import BaseCommand
from django_q.models import Schedule

SCHEDULES: dict[str, dict[str, Any]] = {
    "consultations.keep_to_dates": {
        "func": "consultations.tasks.keep_to_dates",
        "schedule_type": Schedule.MINUTES,
        "minutes": 1,
        "repeats": -1,
    },
    "consultations.keep_focus_groups": {
        "func": "consultations.tasks.keep_focus_groups",
        "schedule_type": Schedule.MINUTES,
        "minutes": 1,
        "repeats": -1,
    },
    "consultations.remind_focus_groups": {
        "func": "consultations.tasks.remind_focus_groups",
        "schedule_type": Schedule.MINUTES,
        "minutes": 5,
        "repeats": -1,
    },
    "consultations.keep_focus_group_promises": {
        "func": "consultations.tasks.keep_focus_group_promises",
        "schedule_type": Schedule.DAILY,
        "repeats": -1,
    },
    "consultations.read_answers_ahead": {
        "func": "consultations.tasks.read_answers_ahead",
        "schedule_type": Schedule.MINUTES,
        "minutes": 15,
        "repeats": -1,
    },
    "consultations.expire_exports": {
        "func": "consultations.tasks.expire_exports",
        "schedule_type": Schedule.HOURLY,
        "repeats": -1,
    },
    "consultations.run_export_schedules": {
        "func": "consultations.tasks.run_export_schedules",
        "schedule_type": Schedule.MINUTES,
        "minutes": 5,
        "repeats": -1,
    },
    "consultations.send_digests": {
        "func": "consultations.tasks.send_digests",
        "schedule_type": Schedule.HOURLY,
        "repeats": -1,
    },
    "consultations.erase_drafts": {
        "func": "consultations.tasks.erase_drafts",
        "schedule_type": Schedule.DAILY,
        "repeats": -1,
    },
    "consultations.tell_results": {
        "func": "consultations.tasks.tell_results",
        "schedule_type": Schedule.MINUTES,
        "minutes": 10,
        "repeats": -1,
    },
    "consultations.forget_followers": {
        "func": "consultations.tasks.forget_followers",
        "schedule_type": Schedule.DAILY,
        "repeats": -1,
    },
}


class Command(BaseCommand):
    help = "Write the portal's recurring jobs into the queue. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, schedule in SCHEDULES.items():
            _schedule, created = Schedule.objects.update_or_create(name=name, defaults=schedule)
            self.stdout.write(f"{name}: {'added' if created else 'kept'}")
