from pathlib import Path, PurePosixPath
import tempfile, os
p = Path('/a/b/c.tar.gz'); print(p, repr(p), p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parents[1], p.parts, p / 'd', p.with_suffix('.zip'), p.with_name('x'), p.is_absolute(), Path('a') / 'b' / '../c', Path('a//b/./c'), p.relative_to('/a'), p.match('*.gz'), p == Path('/a/b/c.tar.gz'), str(p), p.as_posix(), p.anchor, p.joinpath('e', 'f'), Path('.'), Path(), Path('x').exists(), PurePosixPath('a').name, p.with_stem('q'), sorted([Path('b'), Path('a')]), hash(p) == hash(Path(str(p))))
d = Path(tempfile.mkdtemp()); f = d / 'f.txt'; print(f.write_text('hi\n'), f.read_text(), f.exists(), f.is_file(), d.is_dir(), [x.name for x in d.iterdir()], f.stat().st_size, f.read_bytes(), (d / 'sub' / 'deep').mkdir(parents=True), sorted(x.name for x in d.glob('*')), [x.name for x in d.rglob('deep')]); f.unlink(); print(f.exists())
try: f.read_text()
except FileNotFoundError as e: print(type(e).__name__, e.errno)
try: p.relative_to('/x')
except ValueError as e: print(e)
