import datetime as dt
from datetime import date, time, datetime, timedelta, timezone

def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

for s in ['x', '2024-1-1', '2024-05-17T', '2024-05-17T25:00', '']:
    t(lambda: datetime.fromisoformat(s))
t(lambda: date.fromisoformat('2024-13-01'))
