try:
    undefined_thing
except NameError as e:
    print(e, e.name)
undefined_thing
