import string
f = string.Formatter()
print(f.format('{} {a!r:>5} {0}', 1, a='x'))
print(list(f.parse('a{b!r:>{w}}c{{}}')))
print(f.vformat('{0[1]} {k.real}', ([1,2],), {'k': 5}))
class My(string.Formatter):
    def get_value(self, key, args, kwargs):
        if isinstance(key, str):
            return kwargs.get(key, '<' + key + '>')
        return super().get_value(key, args, kwargs)
    def convert_field(self, value, conversion):
        if conversion == 'u': return str(value).upper()
        return super().convert_field(value, conversion)
    def format_field(self, value, spec):
        return super().format_field(value, spec)
print(My().format('{name} {x!u} {0:03d}', 5, x='abc'))
