import time
print(time.strptime('2024-05-17', '%Y-%m-%d'))
print(time.strptime('17 May 24 10:20', '%d %b %y %H:%M')[:6])
for text, layout in [('x', '%Y'), ('2024x', '%Y'), ('1', '%q')]:
    try:
        time.strptime(text, layout)
    except ValueError as error:
        print(error)
