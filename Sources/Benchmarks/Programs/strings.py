words = []
for i in range(60000):
    words.append("word" + str(i % 977))
text = " ".join(words)
counts = {}
for word in text.split():
    counts[word] = counts.get(word, 0) + 1
best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
print(best)

letters = 0
vowels = 0
for c in text:
    if c.isalpha():
        letters += 1
    if c in "aeiou":
        vowels += 1
print(letters, vowels)

out = ""
for i in range(60000):
    out += chr(97 + i % 26)
print(len(out), out[:10], out[::-1][:10], out.upper().count("ABC"), out.find("xyza"))

lines = []
for i in range(40000):
    lines.append(f"{i:06d} {i / 7:.3f} {words[i]!r}")
print(len("\n".join(lines)), lines[-1])
print("-".join(c for c in text[:200000] if c != "o").replace("w", "W").count("W"))
