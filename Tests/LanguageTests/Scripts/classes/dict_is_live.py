class Config:
    rate = 1

    def __init__(self, **options):
        self.__dict__.update(options)


config = Config(rate=5, steps=3)
print(config.rate, config.steps, Config().rate, vars(config))
config.rate = 9
config.__dict__["extra"] = 1
print(config.__dict__["rate"], config.extra)
config.__dict__.pop("steps")
print(hasattr(config, "steps"), config.__dict__)
config.__dict__ = {"only": 1}
print(config.only, config.rate, vars(config))
config.steps
