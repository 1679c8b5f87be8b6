xs = [3, 1, 2]
print(xs.sort(), xs)
xs.sort(reverse=True)
print(xs)
words = ["banana", "Apple", "cherry"]
words.sort(key=str.lower)
print(words)
words.sort(key=len)
print(words, sorted(words, key=lambda w: (-len(w), w)))
