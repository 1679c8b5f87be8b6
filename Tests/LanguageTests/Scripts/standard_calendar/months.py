import calendar
print(calendar.isleap(2024), calendar.monthrange(2024, 2), calendar.month_name[1], calendar.day_name[0], list(calendar.month_abbr), calendar.day_abbr[6], calendar.weekday(2024, 1, 1), calendar.leapdays(2000, 2024))
print(calendar.month(2024, 2))
print(calendar.monthcalendar(2024, 2))
print(calendar.timegm((2024,1,1,0,0,0)))
