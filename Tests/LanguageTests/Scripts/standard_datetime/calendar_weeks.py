import datetime as dt
from datetime import date, time, datetime, timedelta, timezone
for i in range(0, 3000, 371):
    x = date(2020, 1, 1) + timedelta(days=i)
    print(x, x.isocalendar()[:], x.strftime('%a %b %d %G %V %u %w %-d'), end='; ')
