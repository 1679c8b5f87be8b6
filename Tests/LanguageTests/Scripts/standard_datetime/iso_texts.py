import datetime as dt
from datetime import date, time, datetime, timedelta, timezone
print(date.fromisoformat('2024-05-17'))
print(datetime.fromisoformat('2024-05-17T10:20:30'))
print(datetime.fromisoformat('2024-05-17 10:20:30.123+02:00'))
print(datetime.fromisoformat('20240517T102030Z'))
print(date.fromisoformat('2024-W20-5'))
print(time.fromisoformat('10:20'))
print(datetime.fromisoformat('2024-05-17'))
