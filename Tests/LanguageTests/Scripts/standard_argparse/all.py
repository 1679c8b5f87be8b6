import argparse
p = argparse.ArgumentParser(prog='prog', description='desc'); p.add_argument('file'); p.add_argument('-n', '--num', type=int, default=3, help='a number'); p.add_argument('-v', action='store_true'); p.add_argument('--ch', choices=['a', 'b']); p.add_argument('rest', nargs='*')
a = p.parse_args(['f', '-n', '5', '-v']); print(a, a.num, vars(a), p.parse_args(['f']).v); print(p.format_help())
try: p.parse_args(['f', '-n', 'q'])
except SystemExit as e: print('exit', e.code)
