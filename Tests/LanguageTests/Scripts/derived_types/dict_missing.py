class Vocab(dict):
    def __init__(self, words):
        super().__init__()
        self.unknown = 0
        for word in words:
            self.add(word)

    def add(self, word):
        if word not in self:
            self[word] = len(self) + 1
        return self[word]

    def __missing__(self, key):
        self.unknown += 1
        return 0

v = Vocab('the cat the dog'.split())
print(v, v['cat'], v['cow'], v['pig'], v.unknown, v.get('cow'), 'cow' in v, len(v))

class Lower(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)

    def __getitem__(self, key):
        return super().__getitem__(key.lower())

    def __contains__(self, key):
        return super().__contains__(key.lower())

h = Lower()
h['Content'] = 1
print(h, h['CONTENT'], 'conTent' in h, list(h))
