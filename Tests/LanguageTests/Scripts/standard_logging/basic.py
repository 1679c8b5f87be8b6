import logging, sys, io
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format='%(levelname)s:%(name)s:%(message)s [%(funcName)s %(lineno)d]')
logging.info('hello %s %d', 'x', 3)
logging.debug('no')
logging.warning('w')
logging.error('%(a)s', {'a': 1})
