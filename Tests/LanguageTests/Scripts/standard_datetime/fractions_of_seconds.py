import datetime as dt
from datetime import date, time, datetime, timedelta, timezone
print(datetime(2024, 1, 1) + timedelta(days=0.5))
print(timedelta(days=1.5))
print(timedelta(seconds=0.1))
print(timedelta(seconds=1) * 0.1)
print(timedelta(seconds=1) / 3)
print(datetime(2024, 12, 31, 23, 59, 59) + timedelta(seconds=1))
