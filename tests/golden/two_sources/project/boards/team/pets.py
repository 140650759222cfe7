from obskit.dashboards import dashboard, row, timeseries
from contract.signals.pets import fed

pets = dashboard("Pets", uid="pets", tags=("pets",), description="The folder is that of the file.", panels=[
    timeseries("Fed", fed.rate().sum(by="animal")),
])
