import time
t = time.gmtime(1234567890)
print(t)
print(t.tm_year, t[1], t.tm_wday, t.tm_yday, len(t), tuple(t)[:3])
print(time.strftime("%Y-%m-%d %H:%M:%S", t), time.strftime("%j %a %A %b %B %p %y %%", t))
print(time.asctime(t), time.gmtime(0)[:6])
print(time.strftime("%d/%m/%Y", (2024, 2, 29, 1, 2, 3, 3, 60, 0)))
year, month, day = time.gmtime(86400 * 365)[:3]
print(year, month, day)
print(int(time.mktime(time.localtime(1000000))))
print(len(time.strftime("%Y%m%d")))
