import os
import os.path
p = os.path
print(p.join("a", "b", "c.txt"), p.join("a/", "b"), p.join("a", "/b"), p.join("", "x"), p.join("a", ""), p.join("a"))
print(p.basename("/x/y.txt"), p.basename("x/"), p.dirname("/x/y.txt"), p.dirname("y"), p.dirname("/y"), p.dirname("a//b"))
print(p.split("/a/b"), p.split("a"), p.split("/"), p.split("a/b/"))
print([p.splitext(s) for s in ["a.txt", "a.tar.gz", ".bashrc", "a", "a.b/c", "...x", "a.", "/x/.y.z"]])
print([p.normpath(s) for s in ["a/./b/../c", "", "/..", "//x//y", "///x", "a/../..", "../a", "./"]])
print(p.isabs("/a"), p.isabs("a"), p.commonprefix(["/usr/lib", "/usr/local"]), p.commonpath(["/usr/lib", "/usr/local/x"]))
print(p.relpath("/a/b/c", "/a/d"), p.relpath("/a", "/a"), p.exists("/"), p.isdir("/"), p.isfile("/"), p.exists("/nope"))
print(os.sep, repr(os.linesep), os.pathsep, os.curdir, os.pardir, os.name, os.extsep, os.devnull)
print(p.abspath("x") == p.join(os.getcwd(), "x"), p.expanduser("~") == os.environ.get("HOME"))
print(os.fspath("abc"))
for bad in [lambda: p.join(3), lambda: p.join("a", 3), lambda: p.exists(3.5), lambda: p.basename(None)]:
    try:
        print(bad())
    except TypeError as e:
        print(e)
