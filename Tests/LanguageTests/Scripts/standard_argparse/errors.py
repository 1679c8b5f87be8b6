import logging, sys, io

def t(f):
    try:
        print(f())
    except SystemExit as e:
        print('SystemExit', e.code)
    except Exception as e:
        print(type(e).__name__, e)

import argparse
p = argparse.ArgumentParser(prog='train', description='Train a model with a rather long description that will be wrapped over several lines of help.')
p.add_argument('data', help='data file')
p.add_argument('extra', nargs='*')
p.add_argument('-e', '--epochs', type=int, default=10, help='number of epochs (default: %(default)s)')
p.add_argument('--lr', type=float, default=0.001)
p.add_argument('-v', '--verbose', action='store_true', help='say more')
p.add_argument('--opt', choices=['sgd', 'adam'], default='adam')
p.add_argument('--layers', nargs='+', type=int)
p.add_argument('-q', action='count', default=0)
p.add_argument('--tag', action='append')
p.add_argument('--no-cuda', dest='cuda', action='store_false')
p.add_argument('--name', metavar='NAME', required=False)
for bad in (['x', '-e', 'y'], [], ['f', '--opt', 'zz'], ['f', '--layers'], ['f', '-e'], ['f', '--zzz'], ['f', '--ver'], ['f', '--l', '3'], ['-h'], ['f', '--epochs', '3', '--lr', '-1e-3'], ['f', '--verbose=3']):
    t(lambda: p.parse_args(bad))
