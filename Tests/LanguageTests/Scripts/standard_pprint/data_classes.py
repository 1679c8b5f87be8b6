import csv, io, textwrap, pprint
from dataclasses import dataclass

@dataclass
class P:
    name: str
    values: list

pprint.pprint(P('n' * 40, list(range(20))))
