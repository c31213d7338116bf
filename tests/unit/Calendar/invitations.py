# Reads mails (or bare calendars) whose paths come as lines, by Python's own email package and Debian's python3-icalendar,
# neither of which is ours, and prints what is in them as JSON.
import email, email.policy, json, sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
import icalendar


def zone_defects(component, first, last):
    """Where the zone as the calendar tells it and the zone of this machine are not at one, hour by hour."""
    told, real = component.to_tz(), ZoneInfo(str(component["TZID"]))
    moment, wrong = first - timedelta(days=200), []
    while moment < last + timedelta(days=200):
        if moment.astimezone(told).utcoffset() != moment.astimezone(real).utcoffset():
            wrong.append(moment.isoformat())
        moment += timedelta(minutes=30)
    return wrong[:5]


def when(value):
    return value.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


def person(value):
    return {"Name": value.params.get("CN", ""), "Address": str(value)}


def read_event(event):
    exdates = event.get("EXDATE", [])
    exdates = exdates if isinstance(exdates, list) else [exdates]
    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    return {
        "Uid": str(event["UID"]), "Sequence": int(event["SEQUENCE"]), "Status": str(event["STATUS"]), "Summary": str(event["SUMMARY"]),
        "Start": when(event["DTSTART"]), "End": when(event["DTEND"]), "Zone": event["DTSTART"].params.get("TZID"),
        "Place": when(event["RECURRENCE-ID"]) if "RECURRENCE-ID" in event else None,
        "Rule": event["RRULE"].to_ical().decode() if "RRULE" in event else None,
        "Left": [d.dts[0].dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ") for d in exdates],
        "Organizer": person(event["ORGANIZER"]), "Attendees": [person(a) for a in attendees],
        "Role": attendees[0].params.get("ROLE"), "Reply": attendees[0].params.get("PARTSTAT"),
        "Location": str(event["LOCATION"]) if "LOCATION" in event else None,
        "Description": str(event.get("DESCRIPTION", "")),
        "Alarms": [str(a["TRIGGER"].dt) for a in event.walk("VALARM")],
    }


def read_calendar(text):
    lines = text.split(b"\r\n")
    calendar = icalendar.Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    moments = [e["DTSTART"].dt.astimezone(timezone.utc) for e in events]
    return {
        "Method": str(calendar["METHOD"]),
        "Longest": max(len(l) for l in lines), "BareLineEnds": text.count(b"\n") - text.count(b"\r\n"),
        "Zones": [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")],
        "ZoneDefects": [d for z in calendar.walk("VTIMEZONE") for d in zone_defects(z, min(moments), max(moments))],
        "Events": [read_event(e) for e in events],
        "Text": text.decode("utf-8"),
    }


def read_mail(path):
    raw = open(path, "rb").read()
    if raw.startswith(b"BEGIN:VCALENDAR"):
        return {"Calendar": read_calendar(raw)}
    mail = email.message_from_bytes(raw, policy=email.policy.default)

    def shape(part):
        return part.get_content_type() if not part.is_multipart() else {part.get_content_type(): [shape(p) for p in part.iter_parts()]}
    parts = [p for p in mail.walk() if not p.is_multipart()]
    calendar = next((p for p in parts if p.get_content_type() == "text/calendar"), None)
    attachment = next((p for p in parts if p.get_content_type() == "application/ics"), None)
    content = calendar.get_payload(decode=True) if calendar else None
    return {
        "To": mail["To"].addresses[0].addr_spec, "Subject": str(mail["Subject"]), "Shape": json.dumps(shape(mail)),
        "Headers": {k: str(v) for k, v in mail.items()},
        "Defects": [repr(d) for p in mail.walk() for d in p.defects] + [repr(d) for k in mail.keys() for d in mail[k].defects],
        "Method": calendar.get_param("method") if calendar else None,
        "Charset": calendar.get_content_charset() if calendar else None,
        "File": attachment.get_filename() if attachment else None,
        "Disposition": attachment.get_content_disposition() if attachment else None,
        "SameTwice": attachment.get_payload(decode=True) == content if attachment else None,
        "Calendar": read_calendar(content) if calendar else None,
        # A folded link would hide from whoever looks for it.
        "Whole": "\n".join(p.get_payload(decode=True).decode("utf-8").replace("\r\n ", "") for p in parts),
    }


json.dump([read_mail(line.rstrip("\n")) for line in sys.stdin], sys.stdout)
