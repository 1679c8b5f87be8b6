class Always:
    def __eq__(self, other):
        return True


print(Always() != 1, Always().__ne__(1), Always() in [5])
print(hash(Always()))
