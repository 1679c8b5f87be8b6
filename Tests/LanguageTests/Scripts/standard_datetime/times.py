import datetime as dt
from datetime import date, time, datetime, timedelta, timezone
print(time(10, 30))
print(repr(time(10, 30, 1)))
print(time(10, 30).isoformat('hours'))
print(time(1, 2, 3, 4))
print(time(10) < time(11))
print(time(10, 30).replace(hour=1))
print(time(0))
print(time.min)
print(time.max)
print(f'{time(10, 30):%H.%M}')
print(time(9, 5).strftime('%H:%M'))
print(time(1, tzinfo=timezone.utc))
