import logging, sys, io

def t(f):
    try:
        print(f())
    except SystemExit as e:
        print('SystemExit', e.code)
    except Exception as e:
        print(type(e).__name__, e)

import argparse
q = argparse.ArgumentParser(prog='x', formatter_class=argparse.ArgumentDefaultsHelpFormatter, epilog='bye')
g = q.add_mutually_exclusive_group()
g.add_argument('--a', action='store_true', help='aa')
g.add_argument('--b', action='store_true', help='bb')
gr = q.add_argument_group('special')
gr.add_argument('--size', type=int, default=3, help='the size')
q.add_argument('--version', action='version', version='%(prog)s 1.0')
print(q.format_help())
t(lambda: q.parse_args(['--a', '--b']))
t(lambda: q.parse_args(['--version']))
print(q.parse_args(['--size', '7']))
