from datetime import date, time, datetime, timedelta, timezone
d = date(2024, 2, 29)
print(d)
print(repr(d))
print(d.year)
print(d.weekday())
print(d.isoweekday())
print(d.isocalendar())
print(d.toordinal())
print(d.replace(year=2023, day=1))
print(d.isoformat())
print(d.ctime())
print(d.timetuple())
try:
    d.day = 3
except AttributeError as e:
    print(e)
