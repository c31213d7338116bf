"""When somebody is busy, by Debian's python3-icalendar and python3-dateutil and Python's own zones.

Reads {"from", "to", "zone", "calendars"} as JSON; answers for each calendar the merged busy times as [start, end] in Unix seconds.
"""
import json
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rruleset, rrulestr

UTC = timezone.utc


def several(entry, name):
    found = entry.get(name, [])
    return found if isinstance(found, list) else [found]


def busy(text, zone, first, last):
    times = []
    for entry in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        start = entry["DTSTART"].dt
        days = not isinstance(start, datetime)
        own = zone if days or start.tzinfo is None else start.tzinfo if start.tzinfo in (UTC,) else ZoneInfo(str(entry["DTSTART"].params.get("TZID", "UTC")))

        def wall(value):
            if not isinstance(value, datetime):
                return datetime(value.year, value.month, value.day)
            return value.replace(tzinfo=None) if value.tzinfo is None else value.astimezone(own).replace(tzinfo=None)

        def instant(value):
            return value.replace(tzinfo=own).astimezone(UTC)

        begin = datetime(start.year, start.month, start.day) if days else start.replace(tzinfo=None)
        rules = rruleset()
        rules.rdate(begin)
        for rule in several(entry, "RRULE"):
            rules.rrule(rrulestr(rule.to_ical().decode(), dtstart=begin))
        for rule in several(entry, "EXRULE"):
            rules.exrule(rrulestr(rule.to_ical().decode() if hasattr(rule, "to_ical") else str(rule), dtstart=begin))
        for dates in several(entry, "RDATE"):
            for one in dates.dts:
                rules.rdate(wall(one.dt))
        for dates in several(entry, "EXDATE"):
            for one in dates.dts:
                rules.exdate(wall(one.dt))
        length = entry["DURATION"].dt if "DURATION" in entry else None
        for at in rules.between(datetime(first.year, first.month, first.day) - timedelta(days=40), datetime(last.year, last.month, last.day) + timedelta(days=3)):
            end = instant(at + length) if days else instant(at) + length
            if instant(at) < last and end > first:
                times.append([max(instant(at), first), min(end, last)])
    merged = []
    for start, end in sorted(times):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return [[int(s.timestamp()), int(e.timestamp())] for s, e in merged]


given = json.load(sys.stdin)
first, last = (datetime.fromtimestamp(given[name], UTC) for name in ("from", "to"))
json.dump([busy(text, ZoneInfo(given["zone"]), first, last) for text in given["calendars"]], sys.stdout)
