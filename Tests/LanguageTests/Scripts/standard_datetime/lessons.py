from datetime import datetime, timedelta, date
d = date(2024, 1, 31)
print([d + timedelta(days=i) for i in range(3)], (date(2024, 12, 25) - d).days, d.strftime('%A, %d %B %Y'), sorted([date(2024, 2, 1), d]), max(d, date(2023, 1, 1)), d.replace(month=3), str(timedelta(minutes=95)), timedelta(hours=1) > timedelta(minutes=59), datetime(2024, 1, 1, 12).isoformat(), d.isocalendar()[1], repr(d), {d: 1}[date(2024, 1, 31)], datetime.strptime('31/01/24 05PM', '%d/%m/%y %I%p'), f'{datetime(2024,1,1,9,5):%I:%M %p}')
