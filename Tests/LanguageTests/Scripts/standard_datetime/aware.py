import datetime as dt
from datetime import date, time, datetime, timedelta, timezone
u = datetime(2024, 5, 17, 12, tzinfo=timezone.utc)
print(u)
print(repr(u))
print(u.tzinfo)
print(u.utcoffset())
print(u.tzname())
print(u.timestamp())
print(u.astimezone(timezone(timedelta(hours=2))))
print(u.strftime('%z %Z'))
print(u.isoformat())
