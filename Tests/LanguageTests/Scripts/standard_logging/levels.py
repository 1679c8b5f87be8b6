import logging, sys, io
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format='%(levelname)s:%(name)s:%(message)s [%(funcName)s %(lineno)d]')
logging.log(logging.WARNING, 'lvl')
logging.addLevelName(25, 'NOTICE')
logging.log(25, 'n')
logging.disable(logging.CRITICAL)
logging.error('no')
logging.disable(logging.NOTSET)
logging.error('yes')
