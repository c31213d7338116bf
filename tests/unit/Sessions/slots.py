"""Free times, reckoned in another way than the portal's: walk over all instants and look at the wall clock.

Reads a JSON list of settings, answers a JSON list of lists of starts (Unix seconds).
"""
import json
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

STEP = 300


def stretches(rules, day):
    special = [s for s in rules["special"] if s["date"] == day.isoformat()]
    if special:
        return [(s["from"], s["to"]) for s in special if s["from"] is not None]
    return [(h["from"], h["to"]) for h in rules["hours"] if h["day"] == (day.weekday() + 1) % 7]


def free(rules):
    if rules["paused"]:
        return []
    zone = ZoneInfo(rules["zone"])
    length, buffer = rules["length"] * 60, rules["buffer"] * 60
    per_day = {}
    for start in rules["sessions"]:
        day = datetime.fromtimestamp(start, zone).date()
        per_day[day] = per_day.get(day, 0) + 1
    found, hours = [], {}
    earliest = max(rules["from"], rules["now"] + rules["notice"] * 60)
    latest = min(rules["to"], rules["now"] + rules["horizon"] * 86400)
    for at in range(-(-earliest // STEP) * STEP, latest, STEP):
        wall = datetime.fromtimestamp(at, timezone.utc).astimezone(zone)
        if wall.fold:
            continue
        day = wall.date()
        if day not in hours:
            hours[day] = stretches(rules, day)
        minute = wall.hour * 60 + wall.minute
        if not any(f <= minute and (minute - f) % ((length + buffer) // 60) == 0 and minute + length // 60 <= t for f, t in hours[day]):
            continue
        if rules["most"] is not None and per_day.get(day, 0) >= rules["most"]:
            continue
        end = at + length + buffer
        if any(s // STEP * STEP < end and -(-e // STEP) * STEP > at for s, e in rules["busy"]):
            continue
        found.append(at)
    return found


json.dump([free(rules) for rules in json.load(sys.stdin)], sys.stdout)
