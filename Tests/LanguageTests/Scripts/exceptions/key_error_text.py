try:
    {}["it's"]
except KeyError as e:
    print(e, str(e), e.args[0])
{}["missing key"]
