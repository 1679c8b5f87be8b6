"""Golden values for the tests of Syntax, made by CPython 3.11.

    /usr/bin/python3.11 Tests/SyntaxTests/Golden/generate.py

reads `programs.txt` and `errors.txt`, whose chunks stand between lines of `---`, and writes

    programs.cpython.txt   the tree of each program, from the module `ast`, in the form of `dump`
    errors.cpython.txt     the exception of each wrong program: class, place, message
"""

import ast
import pathlib
import sys
import warnings

BINARY = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**",
    "MatMult": "@", "BitAnd": "&", "BitOr": "|", "BitXor": "^", "LShift": "<<", "RShift": ">>",
}
COMPARISON = {
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is",
    "IsNot": "is not", "In": "in", "NotIn": "not in",
}
UNARY = {"USub": "neg", "UAdd": "pos", "Invert": "~", "Not": "not"}
COMPREHENSION = {
    "ListComp": "list-for", "SetComp": "set-for", "DictComp": "dict-for", "GeneratorExp": "gen-for",
}


def quote(data):
    text = '"'
    for byte in data:
        if byte in (0x22, 0x5C):
            text += "\\" + chr(byte)
        elif 0x20 <= byte < 0x7F:
            text += chr(byte)
        else:
            text += "\\%02x" % byte
    return text + '"'


class Dumper:
    """Trees of `ast` as the S-expressions of `dump(_:spans:)`; spans are left out in f-strings,
    where CPython 3.11 does not know them."""

    def __init__(self, source):
        self.source = source
        self.in_format = 0
        self.lines = [0]
        for offset, byte in enumerate(source):
            if byte == 10:
                self.lines.append(offset + 1)

    def offset(self, line, column):
        return self.lines[line - 1] + column

    def span(self, node):
        if self.in_format:
            return ""
        start = self.offset(node.lineno, node.col_offset)
        return "@%d:%d" % (start, self.offset(node.end_lineno, node.end_col_offset))

    def expression(self, node):
        return getattr(self, "dump_" + type(node).__name__)(node) + self.span(node)

    def each(self, nodes):
        return "".join(" " + self.expression(node) for node in nodes if node is not None)

    def optional(self, node):
        return " _" if node is None else " " + self.expression(node)

    def dump_Constant(self, node):
        value = node.value
        if value is ...:
            return "..."
        if isinstance(value, str):
            return quote(value.encode())
        if isinstance(value, bytes):
            return "b" + quote(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1 << 63:
            return "10#" + str(value)
        return str(value)

    def dump_Name(self, node):
        return node.id

    def dump_JoinedStr(self, node):
        self.in_format += 1
        text = "(f" + self.parts(node.values) + ")"
        self.in_format -= 1
        return text

    def parts(self, values):
        text = ""
        for value in values:
            if isinstance(value, ast.Constant):
                text += " " + quote(value.value.encode())
                continue
            text += " {" + self.expression(value.value)
            text += {-1: "", 115: " !s", 114: " !r", 97: " !a"}[value.conversion]
            if value.format_spec is not None:
                text += " :" + self.parts(value.format_spec.values)
            text += "}"
        return text

    def display(self, node):
        return "(" + type(node).__name__.lower() + self.each(node.elts) + ")"

    dump_List = dump_Tuple = dump_Set = display

    def dump_Dict(self, node):
        text = "(dict"
        for key, value in zip(node.keys, node.values):
            head = "**" if key is None else self.expression(key)
            text += " (" + head + " " + self.expression(value) + ")"
        return text + ")"

    def dump_Starred(self, node):
        return "(* " + self.expression(node.value) + ")"

    def dump_UnaryOp(self, node):
        return "(" + UNARY[type(node.op).__name__] + self.each([node.operand]) + ")"

    def dump_BinOp(self, node):
        return "(" + BINARY[type(node.op).__name__] + self.each([node.left, node.right]) + ")"

    def dump_BoolOp(self, node):
        return "(" + type(node.op).__name__.lower() + self.each(node.values) + ")"

    def dump_Compare(self, node):
        text = "(cmp " + self.expression(node.left)
        for op, right in zip(node.ops, node.comparators):
            text += " " + COMPARISON[type(op).__name__] + " " + self.expression(right)
        return text + ")"

    def dump_IfExp(self, node):
        return "(if" + self.each([node.test, node.body, node.orelse]) + ")"

    def dump_Lambda(self, node):
        return "(lambda" + self.parameters(node.args) + self.each([node.body]) + ")"

    def dump_Call(self, node):
        text = "(call " + self.expression(node.func)
        arguments = sorted(node.args + node.keywords, key=lambda a: (a.lineno, a.col_offset))
        for argument in arguments:
            if isinstance(argument, ast.Starred):
                text += " (* " + self.expression(argument.value) + ")"
            elif not isinstance(argument, ast.keyword):
                text += " " + self.expression(argument)
            elif argument.arg is None:
                text += " (** " + self.expression(argument.value) + ")"
            else:
                text += " (= " + argument.arg + " " + self.expression(argument.value) + ")"
        return text + ")"

    def dump_Attribute(self, node):
        return "(. " + self.expression(node.value) + " " + node.attr + ")"

    def dump_Subscript(self, node):
        return "(at" + self.each([node.value, node.slice]) + ")"

    def dump_Slice(self, node):
        return "(slice" + "".join(map(self.optional, (node.lower, node.upper, node.step))) + ")"

    def comprehension(self, node):
        text = "(" + COMPREHENSION[type(node).__name__]
        text += self.each([node.key, node.value] if hasattr(node, "key") else [node.elt])
        for clause in node.generators:
            text += " (for" + self.each([clause.target, clause.iter] + clause.ifs) + ")"
        return text + ")"

    dump_ListComp = dump_SetComp = dump_DictComp = dump_GeneratorExp = comprehension

    def dump_NamedExpr(self, node):
        return "(:= " + node.target.id + " " + self.expression(node.value) + ")"

    def dump_Yield(self, node):
        return "(yield" + self.each([node.value]) + ")"

    def dump_YieldFrom(self, node):
        return "(yield-from" + self.each([node.value]) + ")"

    def parameter(self, node, default, stars=""):
        text = stars + node.arg
        if node.annotation is None and default is None:
            return text
        if node.annotation is not None:
            text += " : " + self.expression(node.annotation)
        if default is not None:
            text += " = " + self.expression(default)
        return "(" + text + ")"

    def parameters(self, node):
        parts = []
        positional = node.posonlyargs + node.args
        defaults = [None] * (len(positional) - len(node.defaults)) + node.defaults
        for index, (argument, default) in enumerate(zip(positional, defaults)):
            parts.append(self.parameter(argument, default))
            if index + 1 == len(node.posonlyargs):
                parts.append("/")
        if node.vararg:
            parts.append(self.parameter(node.vararg, None, "*"))
        elif node.kwonlyargs:
            parts.append("*")
        for argument, default in zip(node.kwonlyargs, node.kw_defaults):
            parts.append(self.parameter(argument, default))
        if node.kwarg:
            parts.append(self.parameter(node.kwarg, None, "**"))
        return " (" + " ".join(parts) + ")"

    def block(self, statements, indent=""):
        return "".join(indent + self.statement(s, indent) for s in statements)

    def otherwise(self, node, indent):
        if not node.orelse:
            return ""
        return indent + "else\n" + self.block(node.orelse, indent + "  ")

    def is_elif(self, statements):
        if len(statements) != 1 or not isinstance(statements[0], ast.If):
            return False
        start = self.offset(statements[0].lineno, statements[0].col_offset)
        return self.source[start:start + 4] == b"elif"

    def statement(self, node, indent):
        inner = indent + "  "
        kind = type(node).__name__
        if kind == "If":
            text = "if" + self.each([node.test]) + self.span(node) + "\n"
            text += self.block(node.body, inner)
            while self.is_elif(node.orelse):
                node = node.orelse[0]
                text += indent + "elif" + self.each([node.test]) + "\n"
                text += self.block(node.body, inner)
            return text + self.otherwise(node, indent)
        if kind in ("While", "For"):
            values = [node.test] if kind == "While" else [node.target, node.iter]
            text = kind.lower() + self.each(values) + self.span(node) + "\n"
            return text + self.block(node.body, inner) + self.otherwise(node, indent)
        if kind == "Try":
            text = "try" + self.span(node) + "\n" + self.block(node.body, inner)
            for handler in node.handlers:
                text += indent + "except" + self.each([handler.type])
                text += (" as " + handler.name if handler.name else "") + self.span(handler) + "\n"
                text += self.block(handler.body, inner)
            text += self.otherwise(node, indent)
            if node.finalbody:
                text += indent + "finally\n" + self.block(node.finalbody, inner)
            return text
        if kind == "With":
            text = "with"
            for item in node.items:
                text += " (" + self.expression(item.context_expr)
                text += self.each([item.optional_vars]) + ")"
            return text + self.span(node) + "\n" + self.block(node.body, inner)
        if kind in ("FunctionDef", "ClassDef"):
            if kind == "ClassDef":
                text = "class " + node.name + self.each(node.bases)
            else:
                text = "def " + node.name + self.parameters(node.args)
                text += " ->" + self.each([node.returns]) if node.returns else ""
            text += "".join(" @" + self.expression(d) for d in node.decorator_list)
            return text + self.span(node) + "\n" + self.block(node.body, inner)
        return self.simple(node, kind) + self.span(node) + "\n"

    def simple(self, node, kind):
        def form(head, *values):
            return "(" + head + self.each(values) + ")"

        def aliases(names):
            return "".join(" " + n.name + ("=" + n.asname if n.asname else "") for n in names)

        if kind == "Expr":
            return self.expression(node.value)
        if kind == "Assign":
            return form("=", *node.targets, node.value)
        if kind == "AnnAssign":
            return form(":", node.target, node.annotation, node.value)
        if kind == "AugAssign":
            return form(BINARY[type(node.op).__name__] + "=", node.target, node.value)
        if kind == "Delete":
            return form("del", *node.targets)
        if kind == "Return":
            return form("return", node.value)
        if kind == "Raise":
            return form("raise", node.exc, node.cause)
        if kind == "Assert":
            return form("assert", node.test, node.msg)
        if kind in ("Global", "Nonlocal"):
            return "(" + kind.lower() + " " + " ".join(node.names) + ")"
        if kind == "Import":
            return "(import" + aliases(node.names) + ")"
        if kind == "ImportFrom":
            return "(from " + node.module + aliases(node.names) + ")"
        return "(" + kind.lower() + ")"


def tree(text):
    return Dumper(text.encode()).block(ast.parse(text).body)


def error(text):
    """`SyntaxError|1:4-1:5|message`: lines from 1, columns from 0 in bytes; an end that CPython
    does not know is the start."""
    try:
        compile(text, "<chunk>", "exec")
    except SyntaxError as found:
        lines = text.split("\n")

        def column(line, offset):
            before = lines[line - 1][:max(0, offset - 1)] if line <= len(lines) else ""
            return len(before.encode())

        start = column(found.lineno, found.offset or 0)
        line, offset = found.end_lineno or found.lineno, found.end_offset or 0
        end = column(line, offset)
        if offset <= 0 or (line == found.lineno and end < start):
            line, end = found.lineno, start
        place = "%d:%d-%d:%d" % (found.lineno, start, line, end)
        return type(found).__name__ + "|" + place + "|" + found.msg
    return "accepted"


def main():
    folder = pathlib.Path(__file__).parent
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10000)
    head = "CPython %d.%d.%d, generate.py" % sys.version_info[:3]
    for name, function in (("programs", tree), ("errors", error)):
        chunks = (folder / (name + ".txt")).read_text().rstrip("\n").split("\n---\n")
        results = [function(chunk + "\n").rstrip("\n") for chunk in chunks]
        text = "\n---\n".join([head] + results) + "\n"
        (folder / (name + ".cpython.txt")).write_text(text)


main()
