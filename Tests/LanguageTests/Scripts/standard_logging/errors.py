import logging, sys, io

def t(f):
    try:
        print(f())
    except SystemExit as e:
        print('SystemExit', e.code)
    except Exception as e:
        print(type(e).__name__, e)

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format='%(levelname)s:%(name)s:%(message)s [%(funcName)s %(lineno)d]')
log = logging.getLogger('train.sub')
log.info('in')
log.setLevel(logging.ERROR)
log.warning('no')
log.error('err')
print(log)
print(log.name)
print(log.level)
print(log.getEffectiveLevel())
print(log.isEnabledFor(10))
print(logging.getLogger('train.sub') is log)
print(logging.getLogger())
print(log.parent)
print(log.hasHandlers())
t(lambda: log.setLevel('FOO'))
t(lambda: logging.basicConfig(foo=1))
t(lambda: logging.getLogger(3))
t(lambda: log.log('x', 'y'))
t(lambda: log.error('x', foo=1))
