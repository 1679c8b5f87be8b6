try: import nonexistent_mod_x
except ModuleNotFoundError as e: print(e.name, e.msg.startswith('No module named'))
try: from math import nonexistent
except ImportError as e: print(str(e)[:40], e.name)
import math as m, os.path as osp
from collections import OrderedDict as OD, deque
print(m.__name__, osp.__name__ in ('posixpath', 'os.path'), OD.__name__, m.pi, type(m))
