class Settings(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self[name] = value


settings = Settings(rate=0.1)
settings.steps = 5
print(settings.rate, settings["steps"], settings, hasattr(settings, "none"))
settings.none
