import datetime as dt
from datetime import date, time, datetime, timedelta, timezone
print(datetime.strptime('2024-05-17 10:20', '%Y-%m-%d %H:%M'))
print(datetime.strptime('17 May 24', '%d %b %y'))
print(datetime.strptime('May 17, 2024 3:05 PM', '%B %d, %Y %I:%M %p'))
print(datetime.strptime('2024-05-17T10:20:30.5+0530', '%Y-%m-%dT%H:%M:%S.%f%z'))
print(datetime.strptime('2024 137', '%Y %j'))
print(datetime.strptime('Fri 17/5/2024', '%a %d/%m/%Y'))
