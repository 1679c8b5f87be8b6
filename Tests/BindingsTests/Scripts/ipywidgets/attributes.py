import ipywidgets as widgets
d = widgets.Dropdown(options=['1', '2', '3'], value='2', description='Number:')
b = widgets.Button(description='Go')
log = []
s = widgets.IntSlider(value=3, max=10)
s.observe(lambda c: log.append((c['name'], c['old'], c['new'], c['type'], c.new)), names='value')
s.value = 5
s.value = 5
s.value = 50
s.max = 4
print(log, s.value)
def show(change): print(change)
s.observe(show)
s.description = 'q'
s.unobserve(show)
s.description = 'r'
def attempt(f):
    try: f(); print('ok')
    except Exception as e: print(type(e).__name__, e)
def setter(o, n, v): return lambda: setattr(o, n, v)
for o, n, v in [(s,'value','abc'),(s,'min',99),(s,'max',-3),(d,'value','zz'),(d,'index',9),(s,'disabled',3),(s,'description',5),(s,'orientation','diagonal'),(d,'label','k'),(s,'layout',3),(s,'value',None),(s,'value',2.7),(s,'value',[1])]:
    attempt(setter(o, n, v))
attempt(lambda: widgets.HBox([3]))
attempt(lambda: widgets.Checkbox(value='x'))
attempt(lambda: widgets.FloatSlider(value='x'))
print(s)
print(widgets.IntSlider(min=5, max=10).value, widgets.IntSlider(value=200).value, widgets.IntSlider(min=-5, max=-2).value)
d.value = '3'; print(d.index, d.label, d.value)
d.index = 0; print(d.index, d.label, d.value)
d.options = ['x', 'y']; print(d.index, d.label, d.value, d.options)
d.value = None; print(d.index, d.label, d.value)
m = widgets.SelectMultiple(options=['A', 'B', 'C'])
m.value = ('A', 'C'); print(m.index, m.value, m.label)
clicks = []
b.on_click(lambda btn: clicks.append(btn.description))
b.click(); print(clicks)
x, y = widgets.IntSlider(), widgets.FloatSlider()
l = widgets.link((x, 'value'), (y, 'value'))
x.value = 7; print(y.value); y.value = 9; print(x.value)
l.unlink(); x.value = 1; print(y.value)
p, q = widgets.IntText(), widgets.IntText()
widgets.dlink((p, 'value'), (q, 'value'), lambda v: v * 2)
p.value = 4; print(q.value)
print(isinstance(s, widgets.Widget), isinstance(s, widgets.DOMWidget), isinstance(widgets.VBox(), widgets.Box))
with s.hold_trait_notifications(): s.value = 1
print(s.value, s.get_interact_value(), s.model_id == s.comm.comm_id)
print(sorted(s.keys))
