from obskit.dashboards import dashboard, row, timeseries
from contract.signals.pets import fed

top = dashboard("Top", uid="top", tags=("pets",), description="The folder is the setting's.", panels=[
    timeseries("Fed", fed.rate().sum(by="animal")),
])
