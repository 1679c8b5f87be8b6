import datetime as dt
from datetime import date, time, datetime, timedelta, timezone
print(datetime.fromtimestamp(0, timezone.utc))
print(datetime.utcfromtimestamp(1700000000.5))
print(datetime.fromtimestamp(1700000000, tz=timezone.utc))
print(date.fromtimestamp(86400 * 365 + 43200))
print(datetime(1970, 1, 2, tzinfo=timezone.utc).timestamp())
print(datetime.combine(date(2024, 1, 2), time(3, 4)))
print(date.fromordinal(738000))
print(date.fromisocalendar(2024, 20, 5))
