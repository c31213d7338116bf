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


def chains(rules, first, last):
    """Hours of all days as stretches of minutes since the first, the touching ones joined."""
    found = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for f, t in stretches(rules, day):
            if t > 1440 and any(s["date"] == (day + timedelta(days=1)).isoformat() for s in rules["special"]):
                t = 1440
            found.append([n * 1440 + f, n * 1440 + t])
    joined = []
    for f, t in sorted(found):
        if joined and f <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], t)
        else:
            joined.append([f, t])
    return joined


def fits(rules, day, minute):
    """Whether a session of these rules starts then: in step with the beginning of its stretch, and within it."""
    first = day - timedelta(days=9)
    at = 9 * 1440 + minute
    for begin, end in chains(rules, first, day + timedelta(days=1)):
        if begin <= at < end:
            if begin <= 2 * 1440:  # a week without a break begins anew on Mondays
                begin = (9 - day.weekday()) * 1440
            return (at - begin) % (rules["length"] + rules["buffer"]) == 0 and at + rules["length"] <= end
    return False


def free(rules):
    if rules["paused"]:
        return []
    zone = ZoneInfo(rules["zone"])
    length, buffer = rules["length"] * 60, rules["buffer"] * 60
    per_day = {}
    for start in rules["sessions"]:
        day = datetime.fromtimestamp(start, zone).date()
        per_day[day] = per_day.get(day, 0) + 1
    found = []
    earliest = max(rules["from"], rules["now"] + rules["notice"] * 60)
    latest = min(rules["to"], rules["now"] + rules["horizon"] * 86400)
    for at in range(-(-earliest // STEP) * STEP, latest, STEP):
        wall = datetime.fromtimestamp(at, timezone.utc).astimezone(zone)
        if wall.fold:
            continue
        day = wall.date()
        if not fits(rules, day, wall.hour * 60 + wall.minute):
            continue
        if rules["most"] is not None and per_day.get(day, 0) >= rules["most"]:
            continue
        end = at + length + buffer
        if any(s // STEP * STEP < end and -(-e // STEP) * STEP > at for s, e in rules["busy"]):
            continue
        found.append(at)
    return found


json.dump([free(rules) for rules in json.load(sys.stdin)], sys.stdout)
