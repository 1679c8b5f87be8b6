import types

def f():
    yield 1

print(isinstance(f, types.FunctionType))
print(isinstance(len, types.BuiltinFunctionType))
print(isinstance(f(), types.GeneratorType))
print(isinstance(lambda: 1, types.LambdaType))
print(isinstance(None, types.NoneType))
print(isinstance(types, types.ModuleType))
