class Span(range):
    pass
