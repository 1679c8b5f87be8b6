import logging, sys, io
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format='%(levelname)s:%(name)s:%(message)s [%(funcName)s %(lineno)d]')

def f():
    try:
        1 / 0
    except ZeroDivisionError:
        logging.getLogger('z').critical('boom', extra={'k': 1})

f()
