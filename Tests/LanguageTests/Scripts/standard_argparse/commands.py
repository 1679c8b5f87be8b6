import logging, sys, io

def t(f):
    try:
        print(f())
    except SystemExit as e:
        print('SystemExit', e.code)
    except Exception as e:
        print(type(e).__name__, e)

import argparse
s = argparse.ArgumentParser(prog='git')
sp = s.add_subparsers(dest='cmd', help='sub')
c = sp.add_parser('commit', help='do commit')
c.add_argument('-m')
c.set_defaults(func=len)
u = sp.add_parser('push')
print(s.parse_args(['commit', '-m', 'msg']))
print(s.parse_args([]))
t(lambda: s.parse_args(['zz']))
print(s.format_help())
