import datetime as dt
from datetime import date, time, datetime, timedelta, timezone

def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

for s, f in [('2024', '%Y-%m-%d'), ('2024-05-17x', '%Y-%m-%d'), ('2024-13-01', '%Y-%m-%d'), ('2024-02-30', '%Y-%m-%d'), ('x', '%q'), ('', '%Y'), ('12', '%H%M'), ('10', '%')]:
    t(lambda: datetime.strptime(s, f))
