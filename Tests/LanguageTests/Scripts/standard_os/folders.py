import os
def clean(top):
    for root, dirs, files in os.walk(top, topdown=False):
        for f in files: os.remove(os.path.join(root, f))
        for d in dirs: os.rmdir(os.path.join(root, d))
    if os.path.isdir(top): os.rmdir(top)
clean("tree")
os.makedirs("tree/a/b")
os.makedirs("tree/a/b", exist_ok=True)
os.mkdir("tree/c")
for name in ["tree/x.txt", "tree/a/y.txt", "tree/a/b/z.txt"]:
    with open(name, "w") as f: f.write(name)
print(sorted(os.listdir("tree")), os.path.getsize("tree/x.txt"), os.path.isfile("tree/x.txt"))
print(sorted((r, sorted(d), sorted(f)) for r, d, f in os.walk("tree")))
os.rename("tree/x.txt", "tree/renamed.txt")
os.replace("tree/renamed.txt", "tree/c/moved.txt")
print(sorted(os.listdir("tree/c")), os.path.exists("tree/x.txt"))
with os.scandir("tree") as entries:
    print(sorted((e.name, e.is_dir(), e.is_file()) for e in entries))
print(os.stat("tree/c/moved.txt").st_size, os.path.getmtime("tree/c/moved.txt") > 0)
clean("tree")
print(os.path.exists("tree"))
