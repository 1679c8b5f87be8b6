import logging, io, sys, warnings
s = io.StringIO(); h = logging.StreamHandler(s); h.setFormatter(logging.Formatter('%(levelname)s:%(name)s:%(message)s')); lg = logging.getLogger('my'); lg.addHandler(h); lg.setLevel(logging.INFO); lg.propagate = False
lg.debug('no'); lg.info('yes %d', 5); lg.warning('w'); lg.error('e %s', 'x'); lg.critical('c'); lg.log(25, 'lvl')
try: 1 / 0
except ZeroDivisionError: lg.exception('exc')
print(s.getvalue().split('\n')[:6], lg.level, lg.isEnabledFor(10), logging.getLevelName(30), lg.name, logging.getLogger('my') is lg, lg.handlers == [h], logging.INFO)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); warnings.warn('careful', UserWarning); print(len(w), w[0].message, w[0].category.__name__)
