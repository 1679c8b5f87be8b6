def lines():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


for line in lines():
    print(line)
    break
print("after")
