from obskit.catalog import Counter, Label, Service, units

keeper = Service("keeper", job="keeper", scrape_interval="15s", owner="team-zoo", runbook="https://runbooks.example.com/{alert}")
animal = Label("animal", at_most=10)
fed = Counter("keeper_fed_total", help="Meals given.", service=keeper, unit=units.COUNT, labels=(animal,))
